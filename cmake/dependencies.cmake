# What is used of others: Debian packages, see docs/decisions/libraries.md for the reasons.
find_package(simdjson REQUIRED)
find_package(yaml-cpp REQUIRED)
find_package(fmt REQUIRED)
find_package(EXPAT REQUIRED)
find_package(CLI11 REQUIRED)
find_package(SQLite3 REQUIRED)
find_package(Threads REQUIRED)
find_library(LIBMD md REQUIRED)
find_library(LIBGMP gmp REQUIRED)
find_library(LIBGMPXX gmpxx REQUIRED)
# Only for the object that a launcher of several processes needs; nothing else is built with it.
set(MPI_CXX_SKIP_MPICXX ON)
find_package(MPI QUIET COMPONENTS CXX)
