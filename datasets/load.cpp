#include <algorithm>

#include "datasets/dataset.hpp"
#include "datasets/roles.hpp"
#include "datasets/size_problem.hpp"

namespace mbench::datasets {
namespace {

/// A problem of a whole folder ("all of the images have no truth") is one of each file in it.
bool concerns(const Problem& problem, const SampleFiles& files) {
  if (problem.sample == files.id) return true;
  return !problem.file.empty() && std::ranges::any_of(kRoles, [&](Role role) {
    const std::filesystem::path& file = file_of(files, role);
    return problem.file == file ||
           (problem.code == "missing" && problem.file == file.parent_path());
  });
}

/// A sample that the scan found to be ambiguous or incomplete must not be scored as if it were not.
void require_no_error(const Dataset& dataset, const SampleFiles& files) {
  for (const Problem& problem : dataset.problems) {
    if (problem.severity == Severity::error && concerns(problem, files)) {
      throw Error{ErrorKind::bad_input, problem.parts}.at(files.id);
    }
  }
}

void require_image_size(const Sample& sample, const SampleFiles& files, Role role, Size size) {
  if (size == sample.image.size()) return;
  throw Error{ErrorKind::bad_input, size_mismatch(files, sample.image.size(), role, size)};
}

}  // namespace

bool concerns_sample(const Dataset& dataset, const Problem& problem) {
  return std::ranges::any_of(dataset.samples,
                             [&](const SampleFiles& files) { return concerns(problem, files); });
}

Sample load_sample(const Dataset& dataset, const SampleFiles& files) {
  require_no_error(dataset, files);
  try {
    Sample sample{.id = files.id, .image = imaging::read_image(files.image), .tags = files.tags};
    if (!files.trimap.empty()) {
      sample.trimap = imaging::read_trimap(files.trimap, dataset.trimap_levels);
      require_image_size(sample, files, Role::trimap, sample.trimap->size());
    }
    if (!files.truth.empty()) {
      sample.truth = imaging::read_matte(files.truth);
      require_image_size(sample, files, Role::truth, sample.truth->size());
    }
    if (!files.segmentation.empty()) {
      sample.segmentation = to_u8(imaging::read_matte(files.segmentation));
      require_image_size(sample, files, Role::segmentation, sample.segmentation->size());
    }
    return sample;
  } catch (const Error& error) {
    throw error.at(files.id);
  }
}

}  // namespace mbench::datasets
