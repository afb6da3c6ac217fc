#pragma once
#include <span>
#include <string_view>

namespace mbench::baselines {

/// A method of published tables that this program cannot run.
struct PublishedOnly {
  std::string_view id, title;
  std::string_view cite;    ///< the paper of the method; for entrants without one, of its numbers
  std::string_view reason;  ///< why it cannot be run, one sentence
};

/// In the order in which they are listed, after those that can be run.
[[nodiscard]] std::span<const PublishedOnly> published_only_methods();

/// Throws unavailable, with the reason, if the id is that of one of them.
void refuse_published_only(std::string_view id);

}  // namespace mbench::baselines
