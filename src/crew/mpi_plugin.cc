// The crew's object over MPI. MPI's own answer to any error is to end all processes, which is ours
// too: an answer that lacks one's share is none.

#include <mpi.h>

#include <algorithm>

#include "crew/plugin.h"

namespace {

int join(std::size_t* rank, std::size_t* size) {
  int provided = 0;
  if (MPI_Init_thread(nullptr, nullptr, MPI_THREAD_FUNNELED, &provided) != MPI_SUCCESS ||
      provided < MPI_THREAD_FUNNELED) {
    return 1;
  }
  int of_rank = 0;
  int of_size = 1;
  MPI_Comm_rank(MPI_COMM_WORLD, &of_rank);
  MPI_Comm_size(MPI_COMM_WORLD, &of_size);
  *rank = static_cast<std::size_t>(of_rank);
  *size = static_cast<std::size_t>(of_size);
  return 0;
}

int add_up(std::uint64_t* values, std::size_t count) {
  constexpr std::size_t kAtOnce = std::size_t{1} << 20U;  // MPI counts in int
  for (std::size_t done = 0; done < count; done += kAtOnce) {
    const int now = static_cast<int>(std::min(kAtOnce, count - done));
    if (MPI_Allreduce(MPI_IN_PLACE, values + done, now, MPI_UINT64_T, MPI_SUM, MPI_COMM_WORLD) !=
        MPI_SUCCESS) {
      return 1;
    }
  }
  return 0;
}

void leave() {
  MPI_Finalize();
}

}  // namespace

extern "C" const outlast::crew::Plugin* outlast_crew_plugin() {
  static const outlast::crew::Plugin plugin{outlast::crew::kPluginVersion, join, add_up, leave};
  return &plugin;
}
