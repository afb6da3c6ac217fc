#pragma once
#include "datasets/demo/frame.hpp"
#include "datasets/demo/stage.hpp"

namespace mbench::datasets::demo {

// A person from the chest up. Figure units: from the crown to the chin 2, the centre of the head
// (0, 0); a head is about 1.5 wide.

/// Colours and dress of a person.
struct Person {
  Frame frame{};
  Vec3 skin{}, hair_root{}, hair_tip{}, cloth{};
  int weave{};    ///< 0 plain, 1 knitted, 2 checked, 3 speckled
  double turn{};  ///< of the head: -1 ... 1, where 0 faces the camera
};

[[nodiscard]] Person make_person(Stage& stage);

/// The eyes are cast down, so closed lids; brows, nose and mouth by light and shade.
void draw_front_face(Stage& stage, const Person& person);
/// Head, ears and neck seen from behind.
void draw_back_head(Stage& stage, const Person& person);
/// Looking to the left of the figure's frame.
void draw_profile(Stage& stage, const Person& person);
/// Shoulders and chest, dressed. `collar` lifts the neckline.
void draw_clothes(Stage& stage, const Person& person, double collar);

}  // namespace mbench::datasets::demo
