#pragma once
#include "core/text_file.hpp"

namespace mbench::results {

/// The name by which the runners write the files of a run.
using mbench::write_text_file_atomically;

}  // namespace mbench::results
