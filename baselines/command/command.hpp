#pragma once
#include "baselines/method.hpp"

namespace mbench::baselines {

/// Any program as a method. Its command line is split by split_command(), never by a shell.
///
/// One image at a time, several programs side by side: {image}, {trimap} and {mask} are PNG files
/// in a folder that is removed afterwards, {out} is where the program writes its matte, {id} the
/// sample. {trimap} and {mask} make the method need one.
///
/// Batch: {list} is a file with one line of JSON per sample, keys id, image, out and, as `inputs`
/// asks, trimap and mask. The program is started once for all samples of a run. If it fails, the
/// mattes that it has written count, the other samples fail.
///
/// method: the program fails, is killed, takes too long or writes no matte; the row says how, with
/// the last lines of stderr. bad_input: its matte cannot be read or has another size.
extern const MethodEntry command_method;

}  // namespace mbench::baselines
