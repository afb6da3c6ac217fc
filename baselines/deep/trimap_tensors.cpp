#include "baselines/deep/trimap_tensors.hpp"

#include <array>
#include <vector>

#include "baselines/deep/tensors.hpp"

namespace mbench::deep {

Tensor padded_rgb(const Image& image, const imaging::Margins& margins) {
  const Plane<Rgb<double>> exact = to_f64(image);
  Plane<Rgb<float>> rgb{exact.size()};
  for (std::size_t i = 0; i < rgb.values().size(); ++i) {
    const Rgb<double>& from = exact.values()[i];
    rgb.values()[i] = {static_cast<float>(from.r), static_cast<float>(from.g),
                       static_cast<float>(from.b)};
  }
  return normalised(to_tensor(imaging::pad_reflect(rgb, margins)));
}

Tensor padded_mask(const Plane<std::uint8_t>& mask, const imaging::Margins& margins) {
  Plane<float> values{mask.size()};
  for (std::size_t i = 0; i < values.values().size(); ++i) {
    values.values()[i] = static_cast<float>(mask.values()[i] / 255.0);
  }
  return to_tensor(imaging::pad_reflect(values, margins));
}

Tensor padded_one_hot(const Trimap& trimap, const imaging::Margins& margins) {
  Plane<float> classes{trimap.size()};
  for (std::size_t i = 0; i < classes.values().size(); ++i) {
    const std::uint8_t level = trimap.values()[i];
    classes.values()[i] = level == kBackground ? 0.0F : level == kForeground ? 2.0F : 1.0F;
  }
  const Tensor padded = to_tensor(imaging::pad_reflect(classes, margins));
  return one_hot(padded, padded);
}

Tensor one_hot(const Tensor& classes, const Tensor& like) {
  return at::cat({classes == 0, classes == 1, classes == 2}, 1).to(like.scalar_type());
}

Tensor class_index(const Tensor& scores) { return scores.argmax(1, true).to(scores.scalar_type()); }

Tensor fill_unknown(const Tensor& classes, const Tensor& alpha) {
  return at::where(classes == 1, alpha, (classes == 2).to(alpha.scalar_type()));
}

Trimap to_trimap(const Tensor& classes, Size size) {
  constexpr std::array kLevels{kBackground, kUnknown, kForeground};
  const Plane<float> numbers = to_plane(cropped(classes, size));
  Trimap trimap{size};
  for (std::size_t i = 0; i < numbers.values().size(); ++i) {
    trimap.values()[i] = kLevels[static_cast<std::size_t>(numbers.values()[i])];
  }
  return trimap;
}

Tensor cropped(const Tensor& tensor, Size size) {
  return tensor.narrow(2, 0, size.height).narrow(3, 0, size.width);
}

}  // namespace mbench::deep
