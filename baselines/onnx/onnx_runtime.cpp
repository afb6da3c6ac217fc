#include <algorithm>
#include <mutex>
#include <utility>
#include <vector>

#include <fmt/core.h>
#include <fmt/format.h>
#include <opencv2/core.hpp>
#include <opencv2/core/utils/logger.hpp>
#include <opencv2/dnn.hpp>

#include "baselines/deep/module.hpp"
#include "baselines/onnx/onnx_graph.hpp"
#include "baselines/onnx/onnx_module.hpp"
#include "core/error.hpp"
#include "core/stopwatch.hpp"

namespace mbench::baselines {
namespace {

/// OpenCV's message without the file and line of its own code.
std::string reason(const cv::Exception& error) {
  const std::string& text = error.err.empty() ? error.msg : error.err;
  return text.substr(0, 600);
}

/// The operator that OpenCV's message names as `Node [Op@domain]:(name)` or `of type "Op"`, or "".
std::string named_operator(const std::string& message) {
  for (const auto& [before, after] :
       {std::pair<std::string_view, std::string_view>{"Node [", "@]"}, {"of type \"", "\""}}) {
    const std::size_t found = message.find(before);
    if (found == std::string::npos) continue;
    const std::size_t begin = found + before.size();
    return message.substr(begin, message.find_first_of(after, begin) - begin);
  }
  return {};
}

/// A network that OpenCV has read, with every layer made: some operators it refuses only then.
/// Throws unavailable, naming the operator.
cv::dnn::Net read_network(const std::string& bytes, const std::string& file,
                          const OnnxGraph& graph) {
  try {
    cv::dnn::Net network = cv::dnn::readNetFromONNX(bytes.data(), bytes.size());
    for (const std::string& layer : network.getLayerNames()) {
      (void)network.getLayer(network.getLayerId(layer));
    }
    network.setPreferableBackend(cv::dnn::DNN_BACKEND_OPENCV);
    network.setPreferableTarget(cv::dnn::DNN_TARGET_CPU);
    return network;
  } catch (const cv::Exception& error) {
    const std::string message = reason(error);
    const std::string name = named_operator(message);
    throw Error{ErrorKind::unavailable,
                {.what = name.empty() ? fmt::format("OpenCV {} cannot load the network", CV_VERSION)
                                      : fmt::format("OpenCV {} cannot load the operator '{}'",
                                                    CV_VERSION, name),
                 .where = file,
                 .expected = "operators that OpenCV's dnn knows",
                 .found = fmt::format("{}\nthe file's operators: {}", message,
                                      fmt::join(graph.operators, ", ")),
                 .fix = "export without it (another opset, constant folding, a fixed input size), "
                        "export to TorchScript, or run the program by method 'command'"}};
  }
}

Array to_array(const cv::Mat& answer) {
  cv::Mat numbers;
  answer.convertTo(numbers, CV_32F);
  Array array;
  for (int i = 0; i < numbers.dims; ++i) array.shape.push_back(numbers.size[i]);
  const auto* const first = numbers.ptr<float>();
  array.values.assign(first, first + numbers.total());
  return array;
}

/// A network of OpenCV holds the tensors of its last pass: each thread takes one of its own.
class OnnxRuntime final : public CardRuntime {
 public:
  OnnxRuntime(std::string bytes, std::string file)
      : bytes_{std::move(bytes)}, file_{std::move(file)}, graph_{graph_of(bytes_, file_)} {
    give(read_network(bytes_, file_, graph_));
  }

  [[nodiscard]] CardAnswer run(std::span<const NamedArray> inputs) const override {
    cv::dnn::Net network = take();
    CardAnswer answer;
    Stopwatch watch;
    try {
      for (std::size_t i = 0; i < inputs.size(); ++i) {
        const Array& array = inputs[i].array;
        const std::vector<int> shape(array.shape.begin(), array.shape.end());
        const cv::Mat blob{shape, CV_32F, const_cast<float*>(array.values.data())};
        network.setInput(blob, inputs[i].name.empty() ? graph_.inputs[i] : inputs[i].name);
      }
      std::vector<cv::Mat> results;
      network.forward(results, graph_.outputs);
      answer.times.infer_s = watch.lap();
      for (std::size_t i = 0; i < results.size(); ++i) {
        answer.outputs.push_back({.name = graph_.outputs[i], .array = to_array(results[i])});
      }
    } catch (const cv::Exception& error) {  // this network's state is unknown: it is not given back
      throw Error{ErrorKind::method,
                  {.what = "the network failed",
                   .where = file_,
                   .found = reason(error),
                   .fix = "check the card's size and inputs: an ONNX file may take one size only"}};
    }
    give(std::move(network));
    answer.times.finish_s = watch.lap();
    return answer;
  }

  void require_inputs(std::span<const std::string> names) const override {
    std::vector<std::string> given;
    for (std::size_t i = 0; i < names.size(); ++i) {
      const bool by_order = names[i].empty() && i < graph_.inputs.size();
      given.push_back(by_order ? graph_.inputs[i] : names[i]);
    }
    std::vector<std::string> wanted = graph_.inputs;
    std::ranges::sort(given);
    std::ranges::sort(wanted);
    if (given == wanted) return;
    throw Error{ErrorKind::bad_input,
                {.what = "the card's inputs are not those of the network",
                 .where = file_,
                 .expected = fmt::format("{} inputs: {}", graph_.inputs.size(),
                                         fmt::join(graph_.inputs, ", ")),
                 .found = fmt::format("{} inputs: {}", names.size(), fmt::join(given, ", ")),
                 .fix = "mend the card's [[input]]; channels of one tensor have joins = true"}};
  }

  [[nodiscard]] std::optional<std::int64_t> parameters() const override {
    return graph_.parameters;
  }

 private:
  static OnnxGraph graph_of(const std::string& bytes, const std::string& file) {
    try {
      return read_onnx_graph(bytes);
    } catch (const Error& error) {
      throw error.at(file);
    }
  }

  [[nodiscard]] cv::dnn::Net take() const {
    {
      const std::lock_guard lock{mutex_};
      if (!idle_.empty()) {
        cv::dnn::Net network = std::move(idle_.back());
        idle_.pop_back();
        return network;
      }
    }
    return read_network(bytes_, file_, graph_);
  }

  void give(cv::dnn::Net network) const {
    const std::lock_guard lock{mutex_};
    idle_.push_back(std::move(network));
  }

  std::string bytes_, file_;
  OnnxGraph graph_;
  mutable std::mutex mutex_{};
  mutable std::vector<cv::dnn::Net> idle_{};
};

std::unique_ptr<CardRuntime> open(std::string bytes, const std::string& file) {
  // Images run in parallel, and how OpenCV splits a sum decides its last digits.
  cv::setNumThreads(1);
  cv::utils::logging::setLogLevel(cv::utils::logging::LOG_LEVEL_SILENT);
  return std::make_unique<OnnxRuntime>(std::move(bytes), file);
}

}  // namespace
}  // namespace mbench::baselines

extern "C" __attribute__((visibility("default"))) const mbench::baselines::OnnxModule*
mbench_onnx_module() {
  static const std::string build = mbench::baselines::deep_module_build();
  static const mbench::baselines::OnnxModule module{.build = build.c_str(),
                                                    .open = mbench::baselines::open};
  return &module;
}
