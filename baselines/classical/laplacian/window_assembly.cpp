#include "baselines/classical/laplacian/window_assembly.hpp"

#include <array>
#include <cassert>
#include <utility>

namespace mbench::baselines {

WindowAssembly::WindowAssembly(const PixelRoles& roles, int radius)
    : roles_{roles}, radius_{radius} {
  assert(radius >= 1);
  // A neighbour dy rows below and dx columns to the right has the slot dy * row_slots + dx. With
  // dx from -2 radius to 2 radius, no two neighbours that follow a pixel in row order share one.
  const int row_slots = 4 * radius + 1;
  slots_ = 2 * radius * row_slots + 2 * radius + 1;
  for (int dy = 0; dy <= 2 * radius; ++dy) {
    for (int dx = 0; dx <= 2 * radius; ++dx) slot_of_.push_back(dy * row_slots + dx);
  }
  values_.assign(static_cast<std::size_t>(roles.variables) * static_cast<std::size_t>(slots_), 0.0);
  right_.assign(static_cast<std::size_t>(roles.variables), 0.0);
}

bool WindowAssembly::touches_variable(int y, int x) const {
  for (int row = y - radius_; row <= y + radius_; ++row) {
    for (int column = x - radius_; column <= x + radius_; ++column) {
      if (roles_.variable(row, column) >= 0) return true;
    }
  }
  return false;
}

void WindowAssembly::add(int y, int x, std::span<const double> window_matrix) {
  constexpr std::size_t kLargestWindow = 49;  // radius 3
  const std::size_t pixels = slot_of_.size();
  assert(pixels <= kLargestWindow && window_matrix.size() == pixels * pixels);
  std::array<std::int32_t, kLargestWindow> variable;
  std::array<double, kLargestWindow> given;
  std::size_t k = 0;
  for (int row = y - radius_; row <= y + radius_; ++row) {
    for (int column = x - radius_; column <= x + radius_; ++column, ++k) {
      variable[k] = roles_.variable(row, column);
      given[k] = variable[k] < 0 ? roles_.given(row, column) : 0.0;
    }
  }
  for (std::size_t i = 0; i < pixels; ++i) {
    const double* const entries = window_matrix.data() + i * pixels;
    if (variable[i] >= 0) {
      double* const slots =
          values_.data() +
          static_cast<std::size_t>(variable[i]) * static_cast<std::size_t>(slots_) - slot_of_[i];
      double moved_right = 0.0;
      for (std::size_t j = i; j < pixels; ++j) {
        if (variable[j] >= 0) {
          slots[slot_of_[j]] += entries[j];
        } else {
          moved_right += entries[j] * given[j];
        }
      }
      right_[variable[i]] -= moved_right;
    } else if (given[i] != 0.0) {
      for (std::size_t j = i + 1; j < pixels; ++j) {
        if (variable[j] >= 0) right_[variable[j]] -= entries[j] * given[i];
      }
    }
  }
}

LinearSystem WindowAssembly::take() {
  LinearSystem system;
  system.right = std::move(right_);
  SymmetricMatrix& matrix = system.matrix;
  std::int64_t entries = 0;
  for (const double value : values_) entries += value != 0.0 ? 1 : 0;
  matrix.start.reserve(static_cast<std::size_t>(roles_.variables) + 1);
  matrix.rows.reserve(static_cast<std::size_t>(entries));
  matrix.values.reserve(static_cast<std::size_t>(entries));

  const Size size = roles_.variable.size();
  const int row_slots = 4 * radius_ + 1;
  const double* slots = values_.data();
  for (int y = 0; y < size.height; ++y) {
    for (int x = 0; x < size.width; ++x) {
      const std::int32_t here = roles_.variable(y, x);
      if (here < 0) continue;
      matrix.rows.push_back(here);
      matrix.values.push_back(slots[0]);
      for (int slot = 1; slot < slots_; ++slot) {
        if (slots[slot] == 0.0) continue;  // never in one window, or a pixel that is no variable
        const int dy = (slot + 2 * radius_) / row_slots;
        const int dx = slot - dy * row_slots;
        matrix.rows.push_back(roles_.variable(y + dy, x + dx));
        matrix.values.push_back(slots[slot]);
      }
      matrix.start.push_back(static_cast<std::int64_t>(matrix.rows.size()));
      slots += slots_;
    }
  }
  values_.clear();
  return system;
}

}  // namespace mbench::baselines
