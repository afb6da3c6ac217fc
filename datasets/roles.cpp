#include "datasets/roles.hpp"

#include <algorithm>
#include <array>

#include "imaging/extensions.hpp"

namespace mbench::datasets {
namespace {

constexpr std::array<std::string_view, 8> kImageFolders{
    "merged", "image", "images", "original", "original_image", "blurred_image", "input", "img"};
constexpr std::array<std::string_view, 9> kTruthFolders{
    "alpha_copy", "alpha", "alphas", "mask", "masks", "gt", "pha", "matte", "mattes"};
constexpr std::array<std::string_view, 2> kTrimapFolders{"trimap", "trimaps"};
constexpr std::array<std::string_view, 2> kSegmentationFolders{"segmentation", "segmentations"};

}  // namespace

std::string_view to_string(Role role) {
  switch (role) {
    case Role::image: return "image";
    case Role::trimap: return "trimap";
    case Role::segmentation: return "segmentation";
    case Role::truth: break;
  }
  return "truth";
}

std::optional<Role> parse_role(std::string_view text) {
  for (const Role role : kRoles) {
    if (to_string(role) == text) return role;
  }
  return std::nullopt;
}

const std::filesystem::path& file_of(const SampleFiles& files, Role role) {
  switch (role) {
    case Role::image: return files.image;
    case Role::trimap: return files.trimap;
    case Role::segmentation: return files.segmentation;
    case Role::truth: break;
  }
  return files.truth;
}

std::filesystem::path& file_of(SampleFiles& files, Role role) {
  switch (role) {
    case Role::image: return files.image;
    case Role::trimap: return files.trimap;
    case Role::segmentation: return files.segmentation;
    case Role::truth: break;
  }
  return files.truth;
}

std::span<const std::string_view> folder_names(Role role) {
  switch (role) {
    case Role::image: return kImageFolders;
    case Role::trimap: return kTrimapFolders;
    case Role::segmentation: return kSegmentationFolders;
    case Role::truth: break;
  }
  return kTruthFolders;
}

std::optional<Role> role_of_folder(std::string_view name) {
  const std::string lower = lower_case(name);
  for (const Role role : kRoles) {
    const auto names = folder_names(role);
    if (std::ranges::find(names, std::string_view{lower}) != names.end()) return role;
  }
  return std::nullopt;
}

std::string lower_case(std::string_view text) {
  std::string result{text};
  for (char& c : result) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return result;
}

bool has_image_extension(std::string_view name) {
  const auto dot = name.rfind('.');
  if (dot == std::string_view::npos || dot == 0 || name[dot - 1] == '/') return false;
  const std::string extension = lower_case(name.substr(dot));
  return std::ranges::find(imaging::kExtensions, std::string_view{extension}) !=
         imaging::kExtensions.end();
}

}  // namespace mbench::datasets
