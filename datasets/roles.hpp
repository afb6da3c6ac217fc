#pragma once
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "core/sample.hpp"

namespace mbench::datasets {

/// What a file is for its sample.
enum class Role {
  image,
  trimap,
  truth,
  segmentation,  ///< a rough mask of the foreground, which some methods start from
};

/// All roles, in the order in which a manifest names them.
inline constexpr Role kRoles[] = {Role::image, Role::trimap, Role::truth, Role::segmentation};

/// "image", "trimap", "truth" or "segmentation".
[[nodiscard]] std::string_view to_string(Role role);
[[nodiscard]] std::optional<Role> parse_role(std::string_view text);

/// The sample's file in this role; empty if it has none.
[[nodiscard]] const std::filesystem::path& file_of(const SampleFiles& files, Role role);
[[nodiscard]] std::filesystem::path& file_of(SampleFiles& files, Role role);

/// The folder names that data sets in use give to a role, preferred first, in lower case: the only
/// list of them.
///     image   merged image images original original_image blurred_image input img
///     truth   alpha_copy alpha alphas mask masks gt pha matte mattes
///     trimap  trimap trimaps
///     segmentation  segmentation segmentations
/// `mask` means the truth, as in AIM-500; where it holds segmentations, mbench.toml must say so.
/// A raw foreground folder (`fg`) is no image folder: its pictures are composed before they are
/// scored. (List files may name it, see list_file.hpp.)
[[nodiscard]] std::span<const std::string_view> folder_names(Role role);

/// The role whose list holds `name`, whatever its capitals.
[[nodiscard]] std::optional<Role> role_of_folder(std::string_view name);

/// ASCII letters in lower case; everything else unchanged, whatever the locale.
[[nodiscard]] std::string lower_case(std::string_view text);

/// Does the name end like a file that mbench reads (.png .jpg .jpeg .tif .tiff .exr .webp, any
/// capitals)?
[[nodiscard]] bool has_image_extension(std::string_view name);

}  // namespace mbench::datasets
