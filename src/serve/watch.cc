#include "serve/watch.h"

#include <fmt/format.h>
#include <sys/stat.h>

namespace outlast::serve {
namespace {

/// Differs when the file does; editors that write a new file in the place of the old one change
/// its number.
std::string stamp_of(const std::string& path) {
  struct stat state {};
  if (stat(path.c_str(), &state) != 0) {
    return "missing";
  }
  return fmt::format("{}:{}:{}.{:09}", state.st_ino, state.st_size, state.st_mtim.tv_sec,
                     state.st_mtim.tv_nsec);
}

}  // namespace

void Watch::set(const std::vector<std::string>& paths) {
  std::map<std::string, std::string> stamps;
  for (const std::string& path : paths) {
    const auto known = stamps_.find(path);
    stamps.emplace(path, known == stamps_.end() ? stamp_of(path) : known->second);
  }
  stamps_ = std::move(stamps);
}

bool Watch::has_changed() {
  bool changed = false;
  for (auto& [path, stamp] : stamps_) {
    std::string now = stamp_of(path);
    changed = changed || now != stamp;
    stamp = std::move(now);
  }
  return changed;
}

}  // namespace outlast::serve
