#pragma once

namespace mbench::baselines {

/// Keeps OpenBLAS on one thread for the whole process; to be called before the first use of a
/// library that calls BLAS. OpenBLAS would split a product over all cores although images already
/// run in parallel, and how a product is split decides the order of its sums: the last digits of
/// alpha would depend on the machine's cores. Other BLAS libraries are left as they are.
void keep_blas_on_one_thread();

}  // namespace mbench::baselines
