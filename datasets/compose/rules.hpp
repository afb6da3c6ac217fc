#pragma once
#include "datasets/compose/rule.hpp"

namespace mbench::datasets::compose {

// The entries of catalog.cpp.
extern const ComposeRule dim_rule;

}  // namespace mbench::datasets::compose
