#include "runners/cpu_time.hpp"

#include <sys/resource.h>

#include <ctime>

namespace mbench::runners {
namespace {

double seconds_of(const timeval& time) {
  return static_cast<double>(time.tv_sec) + 1e-6 * static_cast<double>(time.tv_usec);
}

}  // namespace

double own_cpu_s() {
  timespec own{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &own);
  rusage programs{};
  getrusage(RUSAGE_CHILDREN, &programs);
  return static_cast<double>(own.tv_sec) + 1e-9 * static_cast<double>(own.tv_nsec) +
         seconds_of(programs.ru_utime) + seconds_of(programs.ru_stime);
}

}  // namespace mbench::runners
