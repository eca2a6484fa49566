#include "settings/ignoring_files.h"

#include <algorithm>

#include "gate/ignores.h"

namespace outlast::settings {

base::Result<std::vector<std::string>> IgnoringFiles::list(const std::string& folder) const {
  auto listed = files_.list(folder);
  if (listed && std::find(given_.begin(), given_.end(), folder) != given_.end()) {
    const std::size_t prefix = folder.find_last_not_of('/') + 2;  // the folder and one slash
    std::erase_if(*listed, [&](const std::string& path) {
      return is_ignored(std::string_view(path).substr(std::min(prefix, path.size())));
    });
  }
  return listed;
}

/// By itself, or by a folder that it lies in.
bool IgnoringFiles::is_ignored(std::string_view path) const {
  for (auto end = path.size(); end != 0 && end != std::string_view::npos;
       end = path.rfind('/', end - 1)) {
    const std::string_view part = path.substr(0, end);
    const bool is_meant = std::any_of(globs_.begin(), globs_.end(), [&](std::string_view glob) {
      return gate::matches_glob(glob.substr(0, glob.find_last_not_of('/') + 1), part);
    });
    if (is_meant) {
      return true;
    }
  }
  return false;
}

}  // namespace outlast::settings
