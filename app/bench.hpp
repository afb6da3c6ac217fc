#pragma once
#include <exception>
#include <string>
#include <vector>

#include "app/exit_codes.hpp"
#include "app/prepared_method.hpp"
#include "datasets/dataset.hpp"
#include "results/bench_record.hpp"
#include "runners/bench.hpp"
#include "runners/machine_state.hpp"

namespace mbench::app {

/// What `mbench bench` was asked for.
struct BenchCommand {
  std::vector<std::string> methods;
  std::vector<std::string> compared;
  std::string mode{"both"};
  std::string size{"800x800"};
  std::string dataset;
  int limit{2};
  int warm_up{1};
  int repeat{10};
  int threads{0};
  std::vector<std::string> precisions{"fp32"};
  MethodChoices choices;
  std::string format{"table"};
  std::string out;
  bool quiet{false};
  std::vector<std::string> command_line;
};

/// A method in one precision, before it is made.
struct Candidate {
  std::string text;  ///< as the user wrote it
  NamedMethod named;
  MethodChoices choices;
};

/// Measures what one call of `mbench bench` asks for.
class Bench {
 public:
  /// Throws usage for options that contradict each other; bad_input, before anything is measured,
  /// for images that cannot be read or lack what a method needs.
  explicit Bench(const BenchCommand& command);

  /// Measures everything; the record says what failed, and whether it was interrupted.
  void measure();

  [[nodiscard]] const results::BenchRecord& record() const { return record_; }
  /// That of the first method which failed: wrong_usage, bad_input, else not_available.
  [[nodiscard]] ExitCode exit_code() const { return exit_code_; }

 private:
  [[nodiscard]] runners::RunJob job_of(const PreparedMethod& method) const;
  void require_inputs() const;
  void measure_harness();
  void measure_each();
  void measure_in_turn();
  void take_failure(const Candidate& candidate, const std::exception& failure);
  void label_rows();

  const BenchCommand& command_;
  runners::BenchPlan plan_;
  std::vector<Candidate> candidates_;
  datasets::Dataset dataset_;
  std::vector<const metrics::Protocol*> protocols_;
  runners::PeakFlops peaks_;
  runners::BusyClock clock_;
  results::BenchRecord record_;
  ExitCode exit_code_{ExitCode::success};
};

}  // namespace mbench::app
