#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "results/record.hpp"

namespace mbench::testing {

/// A sample that is ok, with scores of "dim-matlab": sad, mse.
[[nodiscard]] results::SampleResult scored_sample(std::string id, double sad, double mse,
                                                  Tags tags = {});
/// A sample that failed.
[[nodiscard]] results::SampleResult failed_sample(std::string id, Tags tags = {});

/// A finished record of those samples, every other field filled.
[[nodiscard]] results::RunRecord record_of(std::string method, std::string dataset,
                                           std::vector<results::SampleResult> samples);

/// A record with everything a record can hold: scored, undefined, degenerate and failed samples.
[[nodiscard]] results::RunRecord full_record();

/// A finished record whose every field comes from the seed: any bytes in names, any finite double.
[[nodiscard]] results::RunRecord random_record(std::uint32_t seed);

}  // namespace mbench::testing
