#include "datasets/compose/choose_pairs.hpp"

#include <algorithm>
#include <array>
#include <set>
#include <string_view>
#include <system_error>
#include <utility>

#include <fmt/core.h>

#include "core/error.hpp"
#include "core/path_kind.hpp"
#include "core/text_file.hpp"
#include "datasets/compose/published_pairs.hpp"

namespace mbench::datasets::compose {
namespace fs = std::filesystem;
namespace {

struct NameLists {
  fs::path foregrounds{}, backgrounds{};
};

/// The lists that a data set was sent with, near its foregrounds.
std::optional<NameLists> lists_near(const fs::path& foregrounds) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 4> kNames{{
      {"test_fg_names.txt", "test_bg_names.txt"},
      {"training_fg_names.txt", "training_bg_names.txt"},
      {"fg_test.txt", "bg_test.txt"},
      {"fg_train.txt", "bg_train.txt"},
  }};
  const fs::path folder = (fs::absolute(foregrounds) / "").lexically_normal().parent_path();
  for (const fs::path& above : {folder.parent_path(), folder.parent_path().parent_path()}) {
    for (const auto& [fg, bg] : kNames) {
      if (is_file(above / fg) && is_file(above / bg)) return NameLists{above / fg, above / bg};
    }
  }
  return std::nullopt;
}

/// Half a published set under its own names, on other backgrounds, would pass for the set.
void require_no_published(const PublishedMatch& match, std::size_t found) {
  if (match.id.empty() || 2 * match.shared <= match.published) return;
  throw Error{
      ErrorKind::bad_input,
      {.what =
           fmt::format("the foregrounds are mostly those of {}, but not as published", match.id),
       .expected =
           fmt::format("its {} foregrounds, or an answer which pairing is meant", match.published),
       .found = fmt::format("{} of {} are there, {} are missing, {} are others", match.shared,
                            match.published, match.published - match.shared, found - match.shared),
       .fix = fmt::format("--pairing {}, or --pairing folders for other backgrounds", match.id)}};
}

/// What a rule says of pairs.
struct Habit {
  Pairing order{};
  int test_copies{}, train_copies{};
};

Habit habit_of(const ComposeRule& rule, const Options& options) {
  return {.order = rule.pairing,
          .test_copies = rule.test_copies,
          .train_copies = options.has("copies") ? options.integer("copies") : rule.train_copies};
}

/// The number of copies: as asked for, else that of the rule's test or training set, whichever
/// makes use of all backgrounds of the lists; of folders, the first that there is.
int copies_of(const PairingChoice& choice, const Habit& habit, std::size_t foregrounds,
              std::size_t backgrounds, Surplus surplus) {
  if (choice.copies > 0) return choice.copies;
  for (const int copies : {habit.test_copies, habit.train_copies}) {
    const std::size_t needed = foregrounds * static_cast<std::size_t>(copies);
    if (copies > 0 && (surplus == Surplus::allowed || needed == backgrounds)) return copies;
  }
  if (habit.test_copies > 0) return habit.test_copies;
  return habit.train_copies > 0 ? habit.train_copies : 1;
}

PairList pair_names(std::string source, const std::vector<std::string>& foregrounds,
                    std::vector<std::string> backgrounds, Surplus surplus,
                    const PairingChoice& choice, const Habit& habit) {
  PairList list{
      .source = std::move(source),
      .order = choice.order.value_or(habit.order),
      .copies = copies_of(choice, habit, foregrounds.size(), backgrounds.size(), surplus)};
  list.pairs = make_pairs(foregrounds, backgrounds,
                          {.copies = list.copies,
                           .order = list.order,
                           .seed = choice.seed,
                           .names = choice.names,
                           .surplus = surplus});
  return list;
}

PairList pair_lists(const NameLists& lists, const PairingChoice& choice, const Habit& habit) {
  std::string source = fmt::format("{} + {}", lists.foregrounds.filename().string(),
                                   lists.backgrounds.filename().string());
  try {
    return pair_names(std::move(source), read_name_list(lists.foregrounds),
                      read_name_list(lists.backgrounds), Surplus::refused, choice, habit);
  } catch (const Error& error) {
    if (!error.parts().where.empty()) throw;
    throw error.at(
        fmt::format("{} and {}", lists.foregrounds.string(), lists.backgrounds.string()));
  }
}

PairList pair_csv(std::string source, std::vector<Pair> pairs, const PairingChoice& choice) {
  if (choice.copies > 0 || choice.order == Pairing::shuffled ||
      choice.names != OutputNames::stem_copy) {
    throw Error{
        ErrorKind::usage,
        {.what = fmt::format("the pairing {} says itself which background goes where", source),
         .expected = "no number of copies, order or form of names beside it",
         .fix = "leave out --copies, --order and --names, or pair by lists or folders"}};
  }
  return {.source = std::move(source), .pairs = std::move(pairs)};
}

/// Throws usage if no background is called as those of COCO 2014 are.
void name_as_coco_2017(PairList& list) {
  bool renamed = false;
  for (Pair& pair : list.pairs) {
    std::string name = coco_2017_name(pair.background);
    renamed = renamed || name != pair.background;
    pair.background = std::move(name);
  }
  if (renamed || list.pairs.empty()) return;
  throw Error{ErrorKind::usage,
              {.what = "--coco-2017 renames nothing: no background is called as COCO 2014's are",
               .expected = "names as COCO_train2014_000000000009.jpg",
               .found = fmt::format("{} (pairing {})", list.pairs.front().background, list.source),
               .fix = "leave out --coco-2017"}};
}

PairList pair_as_chosen(const PairingChoice& choice, const Habit& habit,
                        const SourceFiles& foregrounds, const SourceFiles& backgrounds,
                        const SourceFolders& folders) {
  if (choice.foreground_list.empty() != choice.background_list.empty()) {
    throw Error{ErrorKind::usage,
                {.what = "a list of foregrounds needs one of backgrounds, and the other way round",
                 .fix = "give both --fg-list and --bg-list"}};
  }
  if (!choice.foreground_list.empty()) {
    if (!choice.pairing.empty()) {
      throw Error{ErrorKind::usage, {.what = "a set is paired by --pairing or by lists, not both"}};
    }
    return pair_lists({choice.foreground_list, choice.background_list}, choice, habit);
  }
  if (choice.pairing.empty()) {
    const PublishedMatch match = published_like(foregrounds.names());
    const bool is_whole = !match.id.empty() && match.shared == match.published &&
                          match.shared == foregrounds.names().size();
    if (is_whole && choice.copies == 0 && !choice.order && choice.names == OutputNames::stem_copy) {
      return pair_csv(std::string{match.id}, published_pairs(match.id), choice);
    }
    if (const auto lists = lists_near(folders.foregrounds.front())) {
      return pair_lists(*lists, choice, habit);
    }
    require_no_published(match, foregrounds.names().size());
  }
  if (choice.pairing.empty() || choice.pairing == "folders") {
    return pair_names("folders", foregrounds.names(), backgrounds.names(), Surplus::allowed, choice,
                      habit);
  }
  if (!is_file(choice.pairing)) {
    if (choice.pairing.ends_with(".csv") || choice.pairing.find('/') != std::string::npos) {
      throw Error{ErrorKind::bad_input,
                  {.what = "the list of pairs is not there",
                   .where = choice.pairing,
                   .expected = "a CSV file with the columns fg and bg",
                   .found = "no such file",
                   .fix = "check the name and the folder"}};
    }
    return pair_csv(choice.pairing, published_pairs(choice.pairing), choice);
  }
  try {
    return pair_csv(fs::path{choice.pairing}.filename().string(),
                    parse_pairs(read_text_file(choice.pairing)), choice);
  } catch (const Error& error) {
    throw error.at(choice.pairing);
  }
}

}  // namespace

PublishedMatch published_like(const std::vector<std::string>& foregrounds) {
  const std::set<std::string> found{foregrounds.begin(), foregrounds.end()};
  for (const std::string_view id : published_pairings()) {
    std::set<std::string> named;
    for (const Pair& pair : published_pairs(id)) named.insert(pair.foreground);
    const auto shared = static_cast<std::size_t>(std::ranges::count_if(
        named, [&](const std::string& name) { return found.contains(name); }));
    if (2 * shared > found.size()) return {id, named.size(), shared};
  }
  return {};
}

PairList choose_pairs(const PairingChoice& choice, const ComposeRule& rule,
                      const Options& rule_options, const SourceFiles& foregrounds,
                      const SourceFiles& backgrounds, const SourceFolders& folders) {
  PairList list =
      pair_as_chosen(choice, habit_of(rule, rule_options), foregrounds, backgrounds, folders);
  if (choice.coco_2017) name_as_coco_2017(list);
  return list;
}

}  // namespace mbench::datasets::compose
