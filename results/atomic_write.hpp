#pragma once
#include <filesystem>
#include <string_view>

namespace mbench::results {

/// Writes a file so that no one ever sees half of it: a temporary file in the same folder is
/// written and flushed to disk, then renamed. Folders above the file are made; a file of that name
/// is replaced. Throws internal with the system's reason; the temporary file is then removed.
void write_file_atomically(const std::filesystem::path& file, std::string_view text);

}  // namespace mbench::results
