#define CATCH_CONFIG_MAIN  // main() and the bulk of Catch2 are compiled here, once
#include "tests/support/catch.hpp"
