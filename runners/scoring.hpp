#pragma once
#include <span>

#include "core/sample.hpp"
#include "metrics/protocol.hpp"
#include "results/record.hpp"

namespace mbench::runners {

/// All columns of all protocols for one matte, in their order.
[[nodiscard]] results::Scores score(std::span<const metrics::Protocol* const> protocols,
                                    const metrics::ScoreInput& input);

/// The ids of the protocols, in order.
[[nodiscard]] std::vector<std::string> protocol_ids(
    std::span<const metrics::Protocol* const> protocols);

/// Their versions, by id.
[[nodiscard]] results::Named<int> protocol_versions(
    std::span<const metrics::Protocol* const> protocols);

/// Those of the protocols that average the frames of sequences by a rule of their own.
[[nodiscard]] results::Named<Averaging> sequence_averaging(
    std::span<const metrics::Protocol* const> protocols);

/// The protocols named, each once. Throws usage for an unknown one.
[[nodiscard]] std::vector<const metrics::Protocol*> find_protocols(
    const std::vector<std::string>& ids);

/// What an exception says, as a failed row holds it: our own errors with their parts,
/// std::bad_alloc as "out_of_memory", others as "internal".
[[nodiscard]] results::SampleError describe_failure(const std::exception& failure);

}  // namespace mbench::runners
