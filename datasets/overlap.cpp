#include "datasets/overlap.hpp"

#include <algorithm>
#include <iterator>
#include <optional>
#include <tuple>

#include "datasets/perceptual_hash.hpp"

namespace mbench::datasets {
namespace {

/// The better of what was found so far and what two hashes say.
void consider(const std::optional<std::uint64_t>& hash, const std::optional<std::uint64_t>& other,
              Agreement agreement, int most_distant, std::optional<Overlap>& best) {
  if (!hash || !other) return;
  for (const bool mirror : {false, true}) {
    const int distance = hash_distance(mirror ? mirrored(*hash) : *hash, *other);
    if (distance > most_distant || (best && best->distance <= distance)) continue;
    best = Overlap{.agreement = agreement, .distance = distance, .mirrored = mirror};
  }
}

std::optional<Overlap> compare(const Fingerprint& test, const Fingerprint& train,
                               int most_distant) {
  std::optional<Overlap> best;
  if (!test.sha256.empty() && test.sha256 == train.sha256) {
    best = Overlap{.agreement = Agreement::bytes};
  } else {
    consider(test.foreground, train.foreground, Agreement::foreground, most_distant, best);
    consider(test.whole, train.whole, Agreement::whole, most_distant, best);
  }
  if (best) {
    best->test = test.id;
    best->train = train.id;
  }
  return best;
}

}  // namespace

std::string_view to_string(Agreement agreement) {
  switch (agreement) {
    case Agreement::bytes: return "bytes";
    case Agreement::foreground: return "foreground";
    case Agreement::whole: break;
  }
  return "whole";
}

std::vector<Overlap> find_overlap(std::span<const Fingerprint> test,
                                  std::span<const Fingerprint> train, int most_distant) {
  std::vector<Overlap> all;
  for (const Fingerprint& picture : test) {
    std::vector<Overlap> found;
    for (const Fingerprint& candidate : train) {
      if (auto overlap = compare(picture, candidate, most_distant)) {
        found.push_back(*std::move(overlap));
      }
    }
    std::ranges::stable_sort(found, {}, [](const Overlap& overlap) {
      return std::tuple{overlap.agreement != Agreement::bytes, overlap.distance};
    });
    std::ranges::move(found, std::back_inserter(all));
  }
  return all;
}

}  // namespace mbench::datasets
