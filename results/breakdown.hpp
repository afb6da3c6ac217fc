#pragma once
#include <string>
#include <vector>

#include "results/record.hpp"

namespace mbench::results {

/// Tag -> value -> protocol -> column of RunRecord::groups.
using Groups = Named<Named<Named<Named<GroupMean>>>>;

/// The tags by which samples are grouped, in order of first appearance: those of which at least two
/// samples share a value. A tag that differs from sample to sample is a name and groups nothing.
/// `image` (the photograph of a sample that has several trimaps) never groups, `trimap` always.
[[nodiscard]] std::vector<std::string> grouping_tags(const std::vector<SampleResult>& samples);

/// Means of the defined scores per tag and value, computed as those of all samples are (sum in
/// manifest order, divided by n); values in order of first appearance. Values and columns without
/// any score are absent.
[[nodiscard]] Groups breakdown(const std::vector<SampleResult>& samples,
                               const std::vector<std::string>& protocols);

}  // namespace mbench::results
