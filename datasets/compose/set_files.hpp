#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "core/image.hpp"
#include "core/plane.hpp"
#include "datasets/compose/material.hpp"
#include "datasets/compose/plan.hpp"
#include "datasets/compose/rule.hpp"
#include "datasets/trimaps/rule.hpp"

namespace mbench::datasets::compose {

/// What a set keeps of a composite besides the composite and its matte.
struct KeptFiles {
  std::optional<trimaps::ChosenRule> trimap{};
  bool foregrounds{}, backgrounds{};
};

/// The trimap of a composite, if the set has them. `seed` is that of the set.
[[nodiscard]] std::optional<trimaps::MadeTrimap> make_set_trimap(const PlannedComposite& planned,
                                                                 const Material& material,
                                                                 const Composite& composite,
                                                                 const KeptFiles& kept,
                                                                 std::uint64_t seed);

/// One file of a set; its pixels live as long as what they are a part of.
struct SetFile {
  std::string path{};  ///< relative to the set: "merged/girl_0.png"
  std::variant<const Plane<Rgb<std::uint8_t>>*, const Plane<std::uint8_t>*> pixels{};
  bool is_shared{};  ///< by all copies of a foreground
};

/// All files of one composite, itself first, in the order of receipts.
[[nodiscard]] std::vector<SetFile> set_files(const PlannedComposite& planned,
                                             const Material& material, const Composite& composite,
                                             const std::optional<trimaps::MadeTrimap>& trimap,
                                             const KeptFiles& kept);

/// pixel_digest() of its pixels.
[[nodiscard]] std::string digest_of(const SetFile& file);

}  // namespace mbench::datasets::compose
