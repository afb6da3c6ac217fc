# cmake --install, then configure, build and run the project in CONSUMER against it.
function(run)
  execute_process(COMMAND ${ARGN} RESULT_VARIABLE result OUTPUT_VARIABLE output
    ERROR_VARIABLE output)
  if(NOT result EQUAL 0)
    message(FATAL_ERROR "${ARGN} ended with ${result}:\n${output}")
  endif()
  set(output "${output}" PARENT_SCOPE)
endfunction()

set(flags "")
if(SANITIZE)
  set(flags "-fsanitize=${SANITIZE}")
endif()
file(REMOVE_RECURSE ${SCRATCH})
run(${CMAKE_COMMAND} --install ${BUILD} --prefix ${SCRATCH}/prefix)
run(${CMAKE_COMMAND} -S ${CONSUMER} -B ${SCRATCH}/build -G ${GENERATOR}
  -DREADME=${README} -DCMAKE_PREFIX_PATH=${SCRATCH}/prefix -DCMAKE_CXX_COMPILER=${CXX} -DCMAKE_CXX_FLAGS=${flags})
run(${CMAKE_COMMAND} --build ${SCRATCH}/build)
run(${SCRATCH}/build/consumer)
if(NOT output MATCHES "^sad 0.002\nmse 0.25\ngrad 0[.][0-9]+\nconn 0.002\nsad 0\nmse undefined: no unknown pixels\ngrad 0\nconn 0\n$")
  message(FATAL_ERROR "the consumer printed:\n${output}")
endif()
run(${SCRATCH}/prefix/bin/mbench list protocols)
# An installed program takes its own modules, never those of the tree that it was built in.
file(GLOB networks ${SCRATCH}/prefix/lib/*/mbench/libmbench_deep.so ${SCRATCH}/prefix/lib/mbench/libmbench_deep.so)
if(networks)
  file(REMOVE ${networks})
  run(mktemp -d)
  string(STRIP "${output}" elsewhere)  # this scratch folder lies in the build tree
  file(COPY ${SCRATCH}/prefix/bin/mbench DESTINATION ${elsewhere}/bin)
  execute_process(COMMAND ${elsewhere}/bin/mbench run --method net-t --dataset demo --weights recipe:1
    WORKING_DIRECTORY ${elsewhere} RESULT_VARIABLE result OUTPUT_QUIET ERROR_VARIABLE output)
  file(REMOVE_RECURSE ${elsewhere})
  if(NOT result EQUAL 5 OR NOT output MATCHES "cannot be opened")
    message(FATAL_ERROR "without its modules the installed program ended with ${result}:\n${output}")
  endif()
endif()
