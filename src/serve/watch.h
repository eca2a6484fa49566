#pragma once

#include <map>
#include <string>
#include <vector>

namespace outlast::serve {

/// Notices that files have changed, by their size and time of change. What is watched need not be
/// there: that it comes or goes is a change too.
class Watch {
 public:
  /// From now on, as they were when somebody last looked.
  /// paths  files and folders; a folder changes when entries come or go
  void set(const std::vector<std::string>& paths);

  /// True where something has changed since `set` or since it was last told.
  [[nodiscard]] bool has_changed();

 private:
  std::map<std::string, std::string> stamps_;
};

}  // namespace outlast::serve
