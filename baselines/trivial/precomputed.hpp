#pragma once
#include "baselines/method.hpp"

namespace mbench::baselines {

/// Mattes that another program saved, one file per sample: DIR/<sample id>.png, or one of the other
/// readable extensions in lower or upper case. An id with a slash lies in a sub-folder:
/// DIR/GT01/small.png for GT01/small. The matte keeps the depth of its file.
///
/// bad_input, naming what was looked for: no such file, two files for one sample, a size other than
/// that of the image (nothing is resized), an unreadable file.
extern const MethodEntry precomputed_method;

}  // namespace mbench::baselines
