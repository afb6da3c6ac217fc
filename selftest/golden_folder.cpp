#include "selftest/golden_folder.hpp"

#include <algorithm>
#include <charconv>

#include <fmt/core.h>
#include <nlohmann/json.hpp>

#include "core/error.hpp"
#include "imaging/memory_io.hpp"

namespace mbench::selftest {
namespace {

using Json = nlohmann::ordered_json;  // rows and cases come in the order of the file

constexpr std::string_view kFile = "golden.json";
constexpr std::string_view kMadeTrimaps = "trimap_gen";

/// A value of golden.json and the way to it: "cases/hair_blur/dim-matlab".
struct Node {
  const Json& json;
  std::string path;
};

[[noreturn]] void refuse(const Node& node, std::string_view expected) {
  throw Error{ErrorKind::bad_input,
              {.what = "golden.json is not of the form that its readers know",
               .where = node.path.empty() ? std::string{"the whole file"} : node.path,
               .expected = std::string{expected},
               .found = node.json.is_structured()
                            ? fmt::format("an {} of {}", node.json.type_name(), node.json.size())
                            : node.json.dump(),
               .fix = "tests/golden/README.md of the source code describes the form"}};
}

std::string join(const Node& node, std::string_view key) {
  return node.path.empty() ? std::string{key} : fmt::format("{}/{}", node.path, key);
}

/// Calls use(key, child) for every member of an object.
template <typename Use>
void for_each_member(const Node& node, Use use) {
  if (!node.json.is_object()) refuse(node, "an object");
  for (const auto& [key, value] : node.json.items()) use(key, Node{value, join(node, key)});
}

std::optional<Node> find_member(const Node& node, const std::string& key) {
  if (!node.json.is_object()) refuse(node, "an object");
  const auto member = node.json.find(key);
  if (member == node.json.end()) return std::nullopt;
  return Node{*member, join(node, key)};
}

Node member(const Node& node, const std::string& key) {
  const auto found = find_member(node, key);
  if (!found) refuse(node, fmt::format("a member '{}'", key));
  return *found;
}

std::int64_t read_count(const Node& node) {
  if (!node.json.is_number_integer() || node.json.get<std::int64_t>() < 0) {
    refuse(node, "a whole number from 0 upwards");
  }
  return node.json.get<std::int64_t>();
}

ReferenceValue read_value(const Node& node) {
  if (node.json.is_number()) return {.number = node.json.get<double>()};
  if (node.json.is_object() && node.json.contains("value") && node.json["value"].is_null()) {
    const auto reason = find_member(node, "reason");
    return {.reason = reason && reason->json.is_string() ? reason->json.get<std::string>()
                                                         : "no reason given"};
  }
  refuse(node, R"(a number, or {"value": null, "reason": "..."})");
}

MetricValues read_metrics(const Node& node) {
  MetricValues metrics;
  for_each_member(node, [&](const std::string& id, const Node& value) {
    metrics.emplace_back(id, read_value(value));
  });
  return metrics;
}

std::vector<MadeTrimap> read_made_trimaps(const Node& node) {
  std::vector<MadeTrimap> trimaps;
  for_each_member(node, [&](const std::string& element, const Node& values) {
    constexpr std::string_view prefix = "ellipse_";
    MadeTrimap trimap;
    const char* const end = element.data() + element.size();
    const char* const digits = element.data() + std::min(prefix.size(), element.size());
    const auto [stop, error] = std::from_chars(digits, end, trimap.k);
    if (!element.starts_with(prefix) || error != std::errc{} || stop != end) {
      refuse(values, "members called ellipse_K, K the size of the element in pixels");
    }
    trimap.counts = {.background = read_count(member(values, "bg")),
                     .unknown = read_count(member(values, "unknown")),
                     .foreground = read_count(member(values, "fg"))};
    const std::int64_t crc = read_count(member(values, "crc32"));
    if (crc > UINT32_MAX) refuse(member(values, "crc32"), "a number of 32 bits");
    trimap.crc32 = static_cast<std::uint32_t>(crc);
    trimaps.push_back(trimap);
  });
  return trimaps;
}

GoldenCase& find_or_add(std::vector<GoldenCase>& cases, const std::string& name) {
  const auto found = std::ranges::find(cases, name, &GoldenCase::name);
  return found == cases.end() ? cases.emplace_back(GoldenCase{.name = name}) : *found;
}

/// The block `cases` or `exact`.
void read_block(const Node& block, std::vector<ProtocolValues> GoldenCase::*values,
                std::vector<GoldenCase>& cases) {
  for_each_member(block, [&](const std::string& name, const Node& protocols) {
    GoldenCase& golden = find_or_add(cases, name);
    for_each_member(protocols, [&](const std::string& id, const Node& node) {
      if (id == kMadeTrimaps) {
        golden.made_trimaps = read_made_trimaps(node);
      } else {
        (golden.*values).push_back({.protocol = id, .metrics = read_metrics(node)});
      }
    });
  });
}

GoldenClip read_clip(const Node& node) {
  const Node protocol = member(node, "protocol");
  if (!protocol.json.is_string()) refuse(protocol, "the name of a protocol");
  GoldenClip clip{.protocol = protocol.json.get<std::string>()};
  const Node frames = member(node, "per_frame");
  if (!frames.json.is_array()) refuse(frames, "an array");
  for (std::size_t i = 0; i < frames.json.size(); ++i) {
    clip.frames.push_back(read_metrics({frames.json[i], fmt::format("{}/{}", frames.path, i)}));
  }
  if (const auto means = find_member(node, "mean_over_frames")) clip.means = read_metrics(*means);
  return clip;
}

Json parse(const References& references) {
  const std::vector<std::byte> bytes = references.read(kFile);
  try {
    const auto* text = reinterpret_cast<const char*>(bytes.data());
    return Json::parse(text, text + bytes.size());
  } catch (const Json::exception& error) {
    throw Error{ErrorKind::bad_input,
                {.what = "golden.json is no JSON",
                 .found = error.what(),
                 .fix = "copy the folder of references again"}};
  }
}

GoldenTable read_table(const Json& json) {
  const Node root{json, ""};
  if (const auto meta = find_member(root, "_meta")) {
    const auto format = find_member(*meta, "format");
    if (format && format->json != 1) refuse(*format, "format 1");
  }
  GoldenTable table;
  read_block(member(root, "cases"), &GoldenCase::printed, table.cases);
  if (table.cases.empty()) refuse(member(root, "cases"), "at least one case");
  if (const auto exact = find_member(root, "exact")) {
    read_block(*exact, &GoldenCase::exact, table.cases);
  }
  if (const auto clip = find_member(root, "sequence")) table.clip = read_clip(*clip);
  return table;
}

}  // namespace

GoldenTable read_golden_table(const References& references) {
  try {
    return read_table(parse(references));
  } catch (const Error& error) {
    throw error.at(references.place(kFile));
  }
}

Matte read_golden_matte(const References& references, std::string_view folder,
                        std::string_view name) {
  const std::string file = fmt::format("{}/{}.png", folder, name);
  try {
    return imaging::decode_matte(references.read(file));
  } catch (const Error& error) {
    throw error.at(references.place(file));
  }
}

Trimap read_golden_trimap(const References& references, std::string_view folder,
                          std::string_view name) {
  // As a matte, because a reader of trimaps would refuse other levels.
  const Matte matte = read_golden_matte(references, folder, name);
  if (matte.depth() == Depth::u8) return to_u8(matte);
  throw Error{ErrorKind::bad_input,
              {.what = "a trimap of the references is not 8 bits deep",
               .where = references.place(fmt::format("{}/{}.png", folder, name)),
               .expected = "8 bit",
               .found = std::string{to_string(matte.depth())}}};
}

}  // namespace mbench::selftest
