// What module_test.cpp opens: a module with one symbol.
extern "C" __attribute__((visibility("default"))) int tiny_module_answer() { return 42; }
