#pragma once
#include <vector>

#include "selftest/family.hpp"

namespace mbench::selftest {

/// The form `trimaps`, a folder of its own or `trimap` in one of several kinds: manifest.json says
/// by which rule and numbers NAME__OP.png was made of NAME_alpha.png.
extern const Form trimaps_form;

/// One row per rule; every pixel must be equal.
[[nodiscard]] std::vector<Row> run_made_trimaps(const References& references, const Settings&);

}  // namespace mbench::selftest
