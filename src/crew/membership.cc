#include "crew/membership.h"

#include <dlfcn.h>
#include <fmt/format.h>
#include <unistd.h>

#include <array>
#include <climits>
#include <cstdlib>
#include <string>
#include <string_view>
#include <utility>

#include "base/assert.h"

namespace outlast::crew {

namespace {

constexpr const char* kObject = "outlast-mpi.so";

/// Did a launcher start others too? Open MPI tells how many; launchers that speak PMIx (srun among
/// them) tell each process its number only.
bool is_launched() {
  if (const char* size = std::getenv("OMPI_COMM_WORLD_SIZE")) {
    return std::string_view(size) != "1";
  }
  return std::getenv("PMIX_RANK") != nullptr;
}

/// The folder of the running program, with a slash; empty where the system does not tell.
std::string folder_of_program() {
  std::array<char, PATH_MAX> path{};
  const ssize_t length = readlink("/proc/self/exe", path.data(), path.size());
  const std::string whole(path.data(), length > 0 ? static_cast<std::size_t>(length) : 0);
  return whole.substr(0, whole.rfind('/') + 1);
}

base::Result<const Plugin*> load() {
  const std::string folder = folder_of_program();
  for (const std::string& path : {folder + kObject, folder + "../lib/outlast/" + kObject}) {
    if (access(path.c_str(), F_OK) != 0) {
      continue;
    }
    // Global: MPI loads parts of its own, which look for its symbols.
    void* object = dlopen(path.c_str(), RTLD_NOW | RTLD_GLOBAL);
    void* symbol = object == nullptr ? nullptr : dlsym(object, kPluginSymbol);
    if (symbol == nullptr) {
      const char* why = dlerror();
      return base::fail(fmt::format("cannot load {}: {}", path, why == nullptr ? "" : why));
    }
    const Plugin* plugin = reinterpret_cast<PluginFunction>(symbol)();
    if (plugin->version != kPluginVersion) {
      return base::fail(fmt::format("{} is of another version of outlast", path));
    }
    return plugin;
  }
  return base::fail(
      fmt::format("started by a launcher, and there is no {} beside the program", kObject),
      "install libopenmpi-dev and build again, or run without the launcher");
}

}  // namespace

bool is_first_of_launch() {
  const char* rank = std::getenv("OMPI_COMM_WORLD_RANK");
  rank = rank != nullptr ? rank : std::getenv("PMIX_RANK");
  return rank == nullptr || std::string_view(rank) == "0";
}

base::Result<Membership> Membership::join() {
  Membership out;
  if (!is_launched()) {
    return out;
  }
  const auto plugin = load();
  if (!plugin) {
    return tl::unexpected(plugin.error());
  }
  if ((*plugin)->join(&out.rank_, &out.size_) != 0) {
    return base::fail("cannot reach the other processes of this launch");
  }
  out.plugin_ = *plugin;
  return out;
}

Membership::Membership(Membership&& other) noexcept
    : plugin_(std::exchange(other.plugin_, nullptr)), rank_(other.rank_), size_(other.size_) {}

Membership& Membership::operator=(Membership&& other) noexcept {
  std::swap(plugin_, other.plugin_);
  std::swap(rank_, other.rank_);
  std::swap(size_, other.size_);
  return *this;
}

Membership::~Membership() {
  if (plugin_ != nullptr) {
    plugin_->leave();
  }
}

void Membership::add_up(std::span<std::uint64_t> values) const {
  if (plugin_ != nullptr) {
    const int status = plugin_->add_up(values.data(), values.size());
    OUTLAST_ASSERT(status == 0, "a sum over a crew ends the process where it fails");
  }
}

std::size_t Membership::count_of(bool yes) const {
  std::uint64_t count = yes ? 1 : 0;
  add_up({&count, 1});
  return count;
}

bool Membership::is_same_for_all(std::uint64_t fingerprint) const {
  std::uint64_t sum = fingerprint;
  add_up({&sum, 1});
  return count_of(sum == fingerprint * size_) == size_;
}

}  // namespace outlast::crew
