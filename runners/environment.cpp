#include "runners/environment.hpp"

#include <sys/utsname.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <ctime>
#include <fstream>
#include <thread>

#include "baselines/deep/module.hpp"
#include "baselines/library_versions.hpp"
#include "core/version.hpp"
#include "imaging/library_versions.hpp"

namespace mbench::runners {
namespace {

std::string processor_name() {
  std::ifstream stream{"/proc/cpuinfo"};
  for (std::string line; std::getline(stream, line);) {
    const auto colon = line.find(": ");
    if (line.starts_with("model name") && colon != std::string::npos) {
      return line.substr(colon + 2);
    }
  }
  return {};
}

std::string operating_system() {
  std::ifstream stream{"/etc/os-release"};
  for (std::string line; std::getline(stream, line);) {
    constexpr std::string_view key = "PRETTY_NAME=\"";
    if (line.starts_with(key) && line.ends_with('"')) {
      return line.substr(key.size(), line.size() - key.size() - 1);
    }
  }
  utsname names{};
  return uname(&names) == 0 ? std::string{names.sysname} + " " + names.release : std::string{};
}

results::Named<std::string> all_library_versions() {
  results::Named<std::string> all;
  for (const auto& libraries :
       {library_versions(), imaging::library_versions(), baselines::library_versions()}) {
    all.insert(all.end(), libraries.begin(), libraries.end());
  }
  if (baselines::deep_module_is_open()) {
    const auto libraries = baselines::deep_module().library_versions();
    all.insert(all.end(), libraries.begin(), libraries.end());
  }
  return all;
}

}  // namespace

results::Tool tool() {
  const Version build = version();
  return {.name = "mbench",
          .version = std::string{build.version},
          .commit = std::string{build.commit},
          .compiler = std::string{build.compiler},
          .build_type = std::string{build.build_type}};
}

results::Environment environment(int threads) {
  std::array<char, 256> host{};
  if (gethostname(host.data(), host.size() - 1) != 0) host[0] = '\0';
  return {.host = host.data(),
          .os = operating_system(),
          .cpu = processor_name(),
          .cores = static_cast<int>(std::thread::hardware_concurrency()),
          .threads = threads,
          .gpu = {},
          .libraries = all_library_versions()};
}

std::string utc_now() {
  const std::time_t now = std::chrono::system_clock::to_time_t(std::chrono::system_clock::now());
  std::tm parts{};
  gmtime_r(&now, &parts);
  std::array<char, 32> text{};
  const std::size_t length = std::strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%SZ", &parts);
  return {text.data(), length};
}

}  // namespace mbench::runners
