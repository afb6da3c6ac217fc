# mbench_library(), mbench_program() and mbench_test(): one library per folder. Compiler flags are set
# here and nowhere else. `USES` names the folders that a folder may include; scripts/check_layers.py
# reads the same lines, and GLOBAL_DEPENDS_NO_CYCLES refuses a cycle.

set_property(GLOBAL PROPERTY GLOBAL_DEPENDS_NO_CYCLES ON)

add_library(mbench_flags INTERFACE)
# For tests and the program's own files, where the libraries do the work: what takes longest to
# compile need not be fast. Linked behind mbench_flags, whose optimisation it overrides.
add_library(mbench_flags_of_programs INTERFACE)
target_compile_features(mbench_flags INTERFACE cxx_std_20)
# A fused multiply-add rounds once where two operations round twice: results would depend on the
# machine. No program here reads errno after a mathematical function, and with errno a loop over
# sqrt() cannot be vectorised; the numbers are the same.
target_compile_options(mbench_flags INTERFACE -Wall -Wextra -Wpedantic -Wshadow -Wconversion
  -Wno-sign-conversion -Wnon-virtual-dtor -Woverloaded-virtual -ffp-contract=off
  -fno-math-errno)
if(MBENCH_WERROR)
  target_compile_options(mbench_flags INTERFACE -Werror)
endif()
if(MBENCH_ASSERTIONS)
  target_compile_options(mbench_flags INTERFACE -UNDEBUG -D_GLIBCXX_ASSERTIONS)
endif()
if(MBENCH_SANITIZE)
  target_compile_options(mbench_flags INTERFACE -fsanitize=${MBENCH_SANITIZE}
    -fno-sanitize-recover=all -fno-omit-frame-pointer)
  target_link_options(mbench_flags INTERFACE -fsanitize=${MBENCH_SANITIZE})
  if(NOT MBENCH_SANITIZE MATCHES fuzzer)
    target_compile_options(mbench_flags INTERFACE -O1 -g1)  # compiles in half the time of -O2 -g
    target_compile_options(mbench_flags_of_programs INTERFACE -O0)
  endif()
  if(MBENCH_SANITIZE MATCHES address)
    # AddressSanitizer stops where a null pointer is read or written. What is given up, for a third
    # of the time to compile, is the null reference that nobody reads.
    target_compile_options(mbench_flags INTERFACE -fno-sanitize=null)
  endif()
endif()

# mbench_library(NAME SOURCES a.cpp... [USES folder...] [LINKS target...] [BENCHES a_bench.cpp...]
#                [PUBLIC_LINKS target...])
# LINKS are other libraries, seen by this folder's .cpp files alone. Names that must be visible in
# headers go to PUBLIC_LINKS.
function(mbench_library name)
  cmake_parse_arguments(ARG "" "" "SOURCES;USES;LINKS;PUBLIC_LINKS;BENCHES" ${ARGN})
  add_library(mbench_${name} STATIC ${ARG_SOURCES})
  add_library(mbench::${name} ALIAS mbench_${name})
  set_target_properties(mbench_${name} PROPERTIES EXPORT_NAME ${name}
    POSITION_INDEPENDENT_CODE ON)
  target_include_directories(mbench_${name} PUBLIC
    $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}> $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}/mbench>)
  target_compile_features(mbench_${name} PUBLIC cxx_std_20)
  target_link_libraries(mbench_${name} PRIVATE $<BUILD_INTERFACE:mbench_flags> ${ARG_LINKS}
    PUBLIC fmt::fmt ${ARG_PUBLIC_LINKS})
  foreach(folder IN LISTS ARG_USES)
    target_link_libraries(mbench_${name} PUBLIC mbench_${folder})
  endforeach()
  install(TARGETS mbench_${name} EXPORT mbenchTargets ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR})
  # Headers keep their path from the root, by which they include each other. Those of a library in a
  # sub-folder are installed by that library.
  file(GLOB_RECURSE headers RELATIVE ${PROJECT_SOURCE_DIR} CONFIGURE_DEPENDS
    ${CMAKE_CURRENT_SOURCE_DIR}/*.hpp)
  file(GLOB nested RELATIVE ${PROJECT_SOURCE_DIR} ${CMAKE_CURRENT_SOURCE_DIR}/*/CMakeLists.txt)
  foreach(lists IN LISTS nested)
    get_filename_component(folder ${lists} DIRECTORY)
    list(FILTER headers EXCLUDE REGEX "^${folder}/")
  endforeach()
  foreach(header IN LISTS headers)
    get_filename_component(folder ${header} DIRECTORY)
    install(FILES ${PROJECT_SOURCE_DIR}/${header}
      DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/mbench/${folder})
  endforeach()
  if(MBENCH_BENCHES)
    foreach(bench IN LISTS ARG_BENCHES)
      get_filename_component(bench_name ${bench} NAME_WE)
      add_executable(${bench_name} ${bench})
      # benchmark_main comes first: the test support holds a main() of its own.
      target_link_libraries(${bench_name} PRIVATE mbench_flags mbench_${name} mbench_imaging
        benchmark::benchmark_main mbench_test_support)
    endforeach()
  endif()
endfunction()

# mbench_module(NAME SOURCES a.cpp... [USES folder...] [LINKS target...]): a shared object that mbench
# opens when it is first needed (core/module.hpp), libmbench_NAME.so.
set(MBENCH_MODULE_DIR ${PROJECT_BINARY_DIR}/modules)
function(mbench_module name)
  cmake_parse_arguments(ARG "" "" "SOURCES;USES;LINKS" ${ARGN})
  add_library(mbench_${name} MODULE ${ARG_SOURCES})
  # A library outside the system's folders (LibTorch's archive) is found after installation as well.
  set_target_properties(mbench_${name} PROPERTIES CXX_VISIBILITY_PRESET hidden
    LIBRARY_OUTPUT_DIRECTORY ${MBENCH_MODULE_DIR} INSTALL_RPATH_USE_LINK_PATH ON)
  target_include_directories(mbench_${name} PRIVATE ${PROJECT_SOURCE_DIR})
  target_link_libraries(mbench_${name} PRIVATE mbench_flags ${ARG_LINKS})
  foreach(folder IN LISTS ARG_USES)
    target_link_libraries(mbench_${name} PRIVATE mbench_${folder})
  endforeach()
  # What the static libraries bring must not meet what the program holds of them.
  target_link_options(mbench_${name} PRIVATE -Wl,--exclude-libs,ALL)
  set_property(GLOBAL APPEND PROPERTY MBENCH_MODULES mbench_${name})
  install(TARGETS mbench_${name} LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR}/mbench)
endfunction()

# mbench_uses_modules(TARGET): builds the modules with the target, which opens them at run time: the
# linker does not ask for them.
function(mbench_uses_modules target)
  get_property(modules GLOBAL PROPERTY MBENCH_MODULES)
  if(modules)
    add_dependencies(${target} ${modules})
  endif()
endfunction()

# mbench_program(NAME SOURCES main.cpp... [USES folder...] [LINKS target...]): the installed program
# NAME, in the root of the build folder.
function(mbench_program name)
  cmake_parse_arguments(ARG "" "" "SOURCES;USES;LINKS" ${ARGN})
  add_executable(${name} ${ARG_SOURCES})
  target_link_libraries(${name} PRIVATE mbench_flags mbench_flags_of_programs ${ARG_LINKS})
  foreach(folder IN LISTS ARG_USES)
    target_link_libraries(${name} PRIVATE mbench_${folder})
  endforeach()
  set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR})
  install(TARGETS ${name} RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
endfunction()

# mbench_test(NAME [OPTIMISED] SOURCES a_test.cpp... [USES folder...] [LINKS target...]): the program
# test_NAME, one CTest suite. OPTIMISED: the tests compute so much themselves that it pays.
function(mbench_test name)
  cmake_parse_arguments(ARG "OPTIMISED" "" "SOURCES;USES;LINKS" ${ARGN})
  add_executable(test_${name} ${ARG_SOURCES})
  target_link_libraries(test_${name} PRIVATE mbench_flags mbench_test_support ${ARG_LINKS})
  if(NOT ARG_OPTIMISED)
    target_link_libraries(test_${name} PRIVATE mbench_flags_of_programs)
  endif()
  foreach(folder IN LISTS ARG_USES)
    target_link_libraries(test_${name} PRIVATE mbench_${folder})
  endforeach()
  add_test(NAME ${name} COMMAND test_${name} WORKING_DIRECTORY ${PROJECT_SOURCE_DIR})
endfunction()

# mbench_test_without_clones(NAME SOURCES a_test.cpp... library/source.cpp... [USES ...] [LINKS ...]):
# the test test_NAME_without_clones of sources of a library that have SIMD clones, compiled once more
# as on a machine for which there are none (core/simd_clones.hpp). The sources that are named take
# the place of the library's own. Under sanitizers no source has clones.
function(mbench_test_without_clones name)
  if(MBENCH_SANITIZE)
    return()
  endif()
  mbench_test(${name}_without_clones ${ARGN})
  target_compile_definitions(test_${name}_without_clones PRIVATE MBENCH_NO_SIMD_CLONES)
endfunction()
