#pragma once
#include "datasets/compose/rule.hpp"

namespace mbench::datasets::compose {

// The entries of catalog.cpp.
extern const ComposeRule dim_rule;
extern const ComposeRule mmagic_rule;
extern const ComposeRule foamliu_rule;
extern const ComposeRule huochaitiantang_rule;
extern const ComposeRule distinctions_646_rule;
extern const ComposeRule rssn_rule;
extern const ComposeRule gca_train_rule;
extern const ComposeRule lsa_train_rule;

}  // namespace mbench::datasets::compose
