#pragma once
#include <cstddef>
#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "datasets/compose/plan.hpp"
#include "datasets/compose/receipt.hpp"
#include "datasets/made_folder.hpp"

namespace mbench::datasets::compose {

/// What lies in a folder for a set.
struct EarlierSet {
  std::map<std::string, ReceiptRow> rows{};  ///< by the name of the composite
  bool is_finished{};                        ///< there is a receipt, and all rows are in it
};

/// Looks without writing. Throws usage if the folder holds a set of another identity (unless it
/// goes: `fresh`), or files in the way that are no set's; bad_input for a damaged receipt or log.
EarlierSet look_for_earlier_set(const std::filesystem::path& folder, std::string_view identity,
                                bool fresh);

/// The folder of a set while it is being composed.
class SetFolder {
 public:
  /// Makes or opens it. With `fresh`, the files of an earlier set go first. Throws usage if it
  /// holds a set of another identity, composites without rows, or is being written by another
  /// process; bad_input for a damaged receipt or log.
  SetFolder(const std::filesystem::path& folder, const Receipt& head, bool fresh);

  /// Rows of an earlier run of the same identity, by the name of the composite.
  [[nodiscard]] const std::map<std::string, ReceiptRow>& earlier() const { return earlier_.rows; }
  /// Is there a receipt, and are all of these rows in it?
  [[nodiscard]] bool is_finished() const { return earlier_.is_finished; }

  /// From now on the set is unfinished: begins the log with these rows; a receipt goes.
  void begin(const std::vector<ReceiptRow>& kept);
  /// Appends a row; it is on disk when the call returns. May be called from several threads.
  void append(const ReceiptRow& row) { folder_.append(to_json_line(row)); }
  /// Writes the receipt and removes the log.
  void finish(const Receipt& receipt);

 private:
  void discard_earlier();

  MadeFolder folder_;
  RowsHeader head_;
  EarlierSet earlier_;
};

}  // namespace mbench::datasets::compose
