#pragma once
#include <vector>

#include "datasets/dataset.hpp"

namespace mbench::datasets {

/// What a run needs to be true before its first method call, from the headers of the files alone:
/// every file exists, its header can be read, and all files of a sample have one size. Returns all
/// problems, those of the scan first, then in sample order, whatever `threads` is (0 = all cores).
[[nodiscard]] std::vector<Problem> preflight(const Dataset& dataset, int threads);

/// Reads every file of the data set and returns every problem, in the order of preflight():
///   missing, unreadable, size   as preflight, and files that are damaged further on
///   levels         a trimap holds other levels than the data set's three
///   range          a float truth holds NaN or values outside [0, 1]
///   contradiction  truth and trimap disagree where the trimap is known. Published truths are noisy
///                  there, so up to 5 of 255 levels is no problem. Beyond that it is a warning; it
///                  is an error as soon as one pixel lies on the wrong side: truth below 128/255 in
///                  known foreground, or above 127/255 in known background
///   trimap-lacks   a trimap without unknown, foreground or background pixels (note)
/// A file that samples share is read once, and reported for the first of them.
[[nodiscard]] std::vector<Problem> check_dataset(const Dataset& dataset, int threads);

}  // namespace mbench::datasets
