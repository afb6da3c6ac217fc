#include "datasets/compose/set_files.hpp"

#include <filesystem>

#include "datasets/compose/pixel_digest.hpp"

namespace mbench::datasets::compose {
namespace {

const Plane<std::uint8_t>& matte_of(const Material& material, const Composite& composite) {
  return composite.alpha ? *composite.alpha : material.matte;
}

}  // namespace

std::optional<trimaps::MadeTrimap> make_set_trimap(const PlannedComposite& planned,
                                                   const Material& material,
                                                   const Composite& composite,
                                                   const KeptFiles& kept, std::uint64_t seed) {
  if (!kept.trimap) return std::nullopt;
  return trimaps::make_trimap(
      *kept.trimap,
      {.alpha = AlphaView{matte_of(material, composite).view()}, .type = planned.type}, seed,
      std::filesystem::path{planned.output}.stem().string());
}

std::vector<SetFile> set_files(const PlannedComposite& planned, const Material& material,
                               const Composite& composite,
                               const std::optional<trimaps::MadeTrimap>& trimap,
                               const KeptFiles& kept) {
  // What the rule has changed is the composite's own; the rest is the same for all copies.
  const auto name = [&](bool is_own) { return is_own ? planned.output : planned.shared_name; };
  std::vector<SetFile> files;
  files.push_back({"merged/" + planned.output, &composite.image});
  files.push_back({"alpha/" + name(composite.alpha.has_value()), &matte_of(material, composite),
                   !composite.alpha});
  if (trimap) files.push_back({"trimaps/" + planned.output, &trimap->trimap});
  if (kept.foregrounds) {
    const bool is_own = composite.foreground.has_value();
    files.push_back({"fg/" + name(is_own),
                     is_own ? &*composite.foreground : &material.foreground.pixels, !is_own});
  }
  if (kept.backgrounds) {
    files.push_back({"bg/" + planned.output, &composite.background});
  }
  return files;
}

std::string digest_of(const SetFile& file) {
  return std::visit([](const auto* pixels) { return pixel_digest(*pixels); }, file.pixels);
}

}  // namespace mbench::datasets::compose
