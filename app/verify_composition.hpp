#pragma once
#include <filesystem>
#include <string>

#include "app/composition.hpp"

namespace mbench::app {

/// A set of composites to be compared with its receipt, or with what a rule makes.
struct VerifyCompositionCommand {
  CompositionOptions composition;  ///< with a receipt: folders where the inputs lie now, or nothing
  std::string format{"table"};     ///< or json
  int threads{0};
  bool quiet{false};
};

/// Is the folder one whose composites can be verified: has it a receipt, or is a rule given?
[[nodiscard]] bool is_composition(const std::filesystem::path& folder,
                                  const VerifyCompositionCommand& command);

/// Prints what is not as it should be, and which rule made how many composites. Ends with exit code
/// 3 if anything is missing, changed or extra.
void verify_composition(const std::filesystem::path& folder,
                        const VerifyCompositionCommand& command);

}  // namespace mbench::app
