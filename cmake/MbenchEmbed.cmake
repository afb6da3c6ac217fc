# mbench_embed(LIBRARY SET ROOT folder FILES pattern...): puts files into a library, so that the
# installed program needs none of them on disk. The patterns are relative to ROOT. A file of
# assembler directives includes the bytes as they are (no conversion, no load time: pages are read
# when they are touched), and a generated source file defines
#     std::span<const EmbeddedFile> mbench::LIBRARY::embedded_SET();
# which LIBRARY/embedded.hpp must declare.

enable_language(ASM)

function(mbench_embed library set)
  cmake_parse_arguments(ARG "" "ROOT" "FILES" ${ARGN})
  list(TRANSFORM ARG_FILES PREPEND "${ARG_ROOT}/" OUTPUT_VARIABLE patterns)
  file(GLOB files RELATIVE "${ARG_ROOT}" CONFIGURE_DEPENDS ${patterns})
  if(NOT files)
    message(FATAL_ERROR "mbench_embed(${library} ${set}): no file matches ${patterns}")
  endif()

  set(bytes "    .section .rodata\n")
  set(declarations "")
  set(entries "")
  set(index 0)
  foreach(file IN LISTS files)
    set(symbol "mbench_${library}_${set}_${index}")
    string(APPEND bytes "    .balign 16\n    .global ${symbol}\n    .hidden ${symbol}\n"
      "    .global ${symbol}_end\n    .hidden ${symbol}_end\n"
      "${symbol}:\n    .incbin \"${ARG_ROOT}/${file}\"\n${symbol}_end:\n    .byte 0\n")
    string(APPEND declarations "extern const std::byte ${symbol}[];\n"
      "extern const std::byte ${symbol}_end[];\n")
    string(APPEND entries "    EmbeddedFile{\"${file}\", ${symbol}, ${symbol}_end},\n")
    math(EXPR index "${index} + 1")
  endforeach()
  string(APPEND bytes "    .section .note.GNU-stack,\"\",%progbits\n")

  set(stem "${CMAKE_CURRENT_BINARY_DIR}/embedded_${set}")
  file(CONFIGURE OUTPUT "${stem}.S" CONTENT "${bytes}" @ONLY)
  file(CONFIGURE OUTPUT "${stem}.cpp" @ONLY CONTENT
"// Written by mbench_embed().
#include \"${library}/embedded.hpp\"

extern \"C\" {
${declarations}}

namespace mbench::${library} {

std::span<const EmbeddedFile> embedded_${set}() {
  static constexpr EmbeddedFile kFiles[] = {
${entries}  };
  return kFiles;
}

}  // namespace mbench::${library}
")
  # A library of its own: the flags of C++ files mean nothing to an assembler.
  list(TRANSFORM files PREPEND "${ARG_ROOT}/")
  set_source_files_properties("${stem}.S" PROPERTIES OBJECT_DEPENDS "${files}")
  add_library(mbench_${library}_${set} OBJECT "${stem}.S")
  set_target_properties(mbench_${library}_${set} PROPERTIES POSITION_INDEPENDENT_CODE ON)
  target_sources(mbench_${library} PRIVATE "${stem}.cpp"
    $<TARGET_OBJECTS:mbench_${library}_${set}>)
endfunction()
