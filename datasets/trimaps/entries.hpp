#pragma once
#include "datasets/trimaps/rule.hpp"

namespace mbench::datasets::trimaps {

// Computed by ellipses (ellipse_rules.cpp).
extern const TrimapRule gfm_rule;
extern const TrimapRule usr_rule;
extern const TrimapRule gca_rule;
extern const TrimapRule dimtorch_rule;
extern const TrimapRule foamliu_rule;
extern const TrimapRule bgm_rule;

// Computed by distances, or from the levels alone (distance_rules.cpp).
extern const TrimapRule dist_rule;
extern const TrimapRule lsa_rule;
extern const TrimapRule opt_rule;

// What programs draw for training (random_rules.cpp).
extern const TrimapRule gca_random_rule;
extern const TrimapRule dimtorch_random_rule;
extern const TrimapRule mmagic_random_rule;
extern const TrimapRule foamliu_random_rule;
extern const TrimapRule dist_random_rule;
extern const TrimapRule lsa_random_rule;

// What papers word (paper_rules.cpp).
extern const TrimapRule matting_anything_rule;
extern const TrimapRule zhou2021_rule;
extern const TrimapRule d_n_rule;
extern const TrimapRule qiao2020_rule;

}  // namespace mbench::datasets::trimaps
