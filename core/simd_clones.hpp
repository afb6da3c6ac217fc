#pragma once

// MBENCH_SIMD_CLONES before a function has it compiled twice, for any x86-64 and for AVX2; the
// processor in use decides which one runs. Both give the same bits: such functions work element by
// element, without fused multiply-add and without reordered sums of floats. Sanitisers cannot run
// code before their own start-up, which the choice needs. MBENCH_NO_SIMD_CLONES leaves them out, as
// on other machines.
#if defined(__x86_64__) && defined(__gnu_linux__) && !defined(__SANITIZE_ADDRESS__) && \
    !defined(__SANITIZE_THREAD__) && !defined(__clang__) && !defined(MBENCH_NO_SIMD_CLONES)
#define MBENCH_SIMD_CLONES __attribute__((target_clones("avx2", "default")))
/// With a clone for AVX-512 too: where it has instructions that AVX2 lacks (products of 64 bits).
#define MBENCH_SIMD_CLONES_512 __attribute__((target_clones("arch=x86-64-v4", "avx2", "default")))
#else
#define MBENCH_SIMD_CLONES
#define MBENCH_SIMD_CLONES_512
#endif
/// A body that is inlined into each clone, and so compiled for each.
#define MBENCH_SIMD_BODY [[gnu::always_inline]] inline
