#include "baselines/single_threaded_blas.hpp"

// Defined by OpenBLAS; without it the address is null. The program and the module for networks have
// a copy of this file each, for the module's BLAS may be another than the program's.
extern "C" [[gnu::weak]] void openblas_set_num_threads(int threads);

namespace mbench::baselines {

void keep_blas_on_one_thread() {
  [[maybe_unused]] static const bool done = [] {
    if (openblas_set_num_threads != nullptr) openblas_set_num_threads(1);
    return true;
  }();
}

}  // namespace mbench::baselines
