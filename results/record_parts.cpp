#include "results/record_parts.hpp"

namespace mbench::results {

void write_texts(JsonWriter& json, const Named<std::string>& texts) {
  json.begin_object();
  for (const auto& [name, value] : texts) json.key(name).text(value);
  json.end_object();
}

void write_text_or_null(JsonWriter& json, std::string_view value) {
  value.empty() ? json.null() : json.text(value);
}

void write_integer_or_null(JsonWriter& json, const std::optional<std::int64_t>& value) {
  value ? json.integer(*value) : json.null();
}

void write_list(JsonWriter& json, const std::vector<std::string>& texts) {
  json.begin_array();
  for (const std::string& text : texts) json.text(text);
  json.end_array();
}

void write_tool(JsonWriter& json, const Tool& tool) {
  json.begin_object();
  json.key("name").text(tool.name);
  json.key("version").text(tool.version);
  json.key("commit").text(tool.commit);
  json.key("compiler").text(tool.compiler);
  json.key("build_type").text(tool.build_type);
  json.end_object();
}

void write_environment(JsonWriter& json, const Environment& environment) {
  json.begin_object();
  json.key("host").text(environment.host);
  json.key("os").text(environment.os);
  json.key("cpu").text(environment.cpu);
  json.key("cores").integer(environment.cores);
  json.key("threads").integer(environment.threads);
  write_text_or_null(json.key("gpu"), environment.gpu);
  write_texts(json.key("libraries"), environment.libraries);
  json.end_object();
}

void write_method(JsonWriter& json, const MethodInfo& method) {
  json.begin_object();
  json.key("id").text(method.id);
  json.key("title").text(method.title);
  write_texts(json.key("options"), method.options);
  json.key("weights");
  if (method.weights) {
    json.begin_object();
    json.key("file").text(method.weights->file);
    json.key("sha256").text(method.weights->sha256);
    json.end_object();
  } else {
    json.null();
  }
  write_integer_or_null(json.key("parameters"), method.parameters);
  write_integer_or_null(json.key("macs"), method.macs);
  write_text_or_null(json.key("macs_input"), method.macs_input);
  json.key("precision").text(method.precision);
  json.key("device").text(method.device);
  json.end_object();
}

void write_error(JsonWriter& json, const SampleError& error) {
  json.begin_object();
  json.key("kind").text(error.kind);
  json.key("what").text(error.parts.what);
  json.key("where").text(error.parts.where);
  json.key("expected").text(error.parts.expected);
  json.key("found").text(error.parts.found);
  json.key("fix").text(error.parts.fix);
  json.end_object();
}

}  // namespace mbench::results
