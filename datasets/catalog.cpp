#include <array>

#include "datasets/aim500.hpp"
#include "datasets/alphamatting.hpp"
#include "datasets/am2k.hpp"
#include "datasets/background_sets.hpp"
#include "datasets/clips.hpp"
#include "datasets/composition_1k.hpp"
#include "datasets/dataset.hpp"
#include "datasets/demo_set.hpp"
#include "datasets/distinctions_646.hpp"
#include "datasets/duts.hpp"
#include "datasets/folder.hpp"
#include "datasets/p3m.hpp"
#include "datasets/paddleseg.hpp"
#include "datasets/ppm100.hpp"

namespace mbench::datasets {
namespace {

// The only list of adapters. A folder is read by the first that recognises it, so the most specific
// layout comes first; `demo` recognises no folder, it is opened by its name.
constexpr std::array kCatalog{&demo_dataset,   &composition_1k_dataset, &distinctions_646_dataset,
                              &aim500_dataset, &am2k_dataset,           &p3m_dataset,
                              &ppm100_dataset, &alphamatting_dataset,   &duts_dataset,
                              &bg20k_dataset,  &coco2014_dataset,       &voc2012_dataset,
                              &clips_dataset,  &paddleseg_dataset,      &folder_dataset};

}  // namespace

std::span<const DatasetEntry* const> all_adapters() { return kCatalog; }

}  // namespace mbench::datasets
