#pragma once
#include <string>
#include <string_view>

#include "baselines/method.hpp"
#include "core/matte.hpp"
#include "core/trimap.hpp"

namespace mbench::baselines {

/// The trimap that a method works on. Throws bad_input, naming the method, if there is none, if its
/// size is not that of the image, or if it holds a level other than 0, 128, 255.
[[nodiscard]] const Trimap& require_trimap(const MattingInput& input, std::string_view method_id);

/// Why alpha in the unknown region cannot follow from this trimap: "trimap has no foreground
/// pixels". Empty if it can, and if nothing is unknown.
[[nodiscard]] std::string undetermined_reason(TrimapView trimap);

/// Makes alpha 0 and 1 where the trimap of that size is certain.
void impose_trimap(Plane<float>& alpha, TrimapView trimap);

/// What every trimap-based method answers where alpha is undetermined: 0 and 1 where the trimap is
/// certain, 0.5 elsewhere.
[[nodiscard]] Matte half_where_unknown(TrimapView trimap);

}  // namespace mbench::baselines
