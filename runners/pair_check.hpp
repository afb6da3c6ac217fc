#pragma once
#include <vector>

#include "datasets/dataset.hpp"
#include "imaging/io.hpp"
#include "runners/eval_pairs.hpp"

namespace mbench::runners {

/// What headers tell of one pair: files that are missing or cannot be read, sizes that differ from
/// that of the first.
[[nodiscard]] std::vector<datasets::Problem> check_headers(const EvalPair& pair);

/// The same of all pairs, in their order, then the frames that differ in size from the first of
/// their clip.
[[nodiscard]] std::vector<datasets::Problem> check_headers(const EvalPairs& pairs, int threads);

/// The trimaps of a pair that hold other levels than `levels`: one wrong setting makes every pair
/// fail. Decodes them; a file that cannot be decoded is no problem of this kind.
[[nodiscard]] std::vector<datasets::Problem> check_trimap_levels(const EvalPair& pair,
                                                                 imaging::TrimapLevels levels);

}  // namespace mbench::runners
