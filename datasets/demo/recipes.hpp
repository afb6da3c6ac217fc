#pragma once
#include "datasets/demo/stage.hpp"

namespace mbench::datasets::demo {

// One function per subject; each draws the whole foreground of a picture, nearest things first.
// Stage::variant chooses among a subject's looks, Stage::random does the rest.

void draw_portrait(Stage& stage);

void draw_cat(Stage& stage);
void draw_dog(Stage& stage);
void draw_fox(Stage& stage);
void draw_bear(Stage& stage);
void draw_rabbit(Stage& stage);
void draw_sheep(Stage& stage);
void draw_bird(Stage& stage);
void draw_plush(Stage& stage);

void draw_fern(Stage& stage);
void draw_grass(Stage& stage);
void draw_branch(Stage& stage);
void draw_potted_plant(Stage& stage);
void draw_dandelion(Stage& stage);

void draw_chair(Stage& stage);
void draw_lamp(Stage& stage);
void draw_stool(Stage& stage);
void draw_bricks(Stage& stage);
void draw_peach(Stage& stage);
void draw_grapes(Stage& stage);

void draw_wine_glass(Stage& stage);
void draw_bottle(Stage& stage);
void draw_vase(Stage& stage);
void draw_bulb(Stage& stage);
void draw_bag(Stage& stage);
void draw_veil(Stage& stage);

void draw_web(Stage& stage);
void draw_net(Stage& stage);
void draw_smoke(Stage& stage);
void draw_steam(Stage& stage);
void draw_rain(Stage& stage);

}  // namespace mbench::datasets::demo
