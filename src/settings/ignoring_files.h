#pragma once

#include <string>
#include <vector>

#include "base/file_source.h"

namespace outlast::settings {

/// Files without those that `ignore_paths` names: they are not found by walking a folder that the
/// user gave. Who names one, as a module or a nested template does, gets it.
class IgnoringFiles final : public base::FileSource {
 public:
  /// in  globs    each of a file or a folder, from the given folder on
  ///     given    what the user gave: only below folders among them files are passed over
  IgnoringFiles(const base::FileSource& files, std::vector<std::string> globs,
                std::vector<std::string> given)
      : files_(files), globs_(std::move(globs)), given_(std::move(given)) {}

  [[nodiscard]] PathKind kind_of(const std::string& path) const override {
    return files_.kind_of(path);
  }
  [[nodiscard]] base::Result<std::string> read(const std::string& path,
                                               std::size_t limit) const override {
    return files_.read(path, limit);
  }
  [[nodiscard]] base::Result<std::string> read_beginning(const std::string& path,
                                                         std::size_t bytes) const override {
    return files_.read_beginning(path, bytes);
  }
  [[nodiscard]] base::Result<std::vector<std::string>> list(
      const std::string& folder) const override;

 private:
  [[nodiscard]] bool is_ignored(std::string_view path) const;

  const base::FileSource& files_;
  std::vector<std::string> globs_;
  std::vector<std::string> given_;
};

}  // namespace outlast::settings
