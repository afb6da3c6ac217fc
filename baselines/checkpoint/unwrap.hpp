#pragma once
#include <cstddef>
#include <string>
#include <vector>

#include "baselines/checkpoint/pickle.hpp"

namespace mbench::checkpoint {

/// The dict of a pickle that holds the weights.
struct StateDict {
  struct Entry {
    std::string name;
    std::size_t tensor;  ///< index into Pickle::tensors
  };
  std::vector<Entry> entries{};        ///< in order; of one name said twice the last tensor
  std::string path{};                  ///< "state_dict", "model.params"; "" for the outermost dict
  std::vector<std::string> ignored{};  ///< what else is there, for people
};

/// Finds the dict of tensors: under `state_dict`, `model`, `params` and the like, else the
/// outermost dict, else the only dict of tensors in it. Throws bad_input if there is none, or
/// several.
[[nodiscard]] StateDict find_state_dict(const Pickle& pickle);

}  // namespace mbench::checkpoint
