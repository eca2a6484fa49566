#pragma once

#include <string>
#include <vector>

#include "base/file_source.h"

namespace outlast::cli {

/// The disk, with one file as if it said something else. Nothing is written.
class EditedFiles final : public base::FileSource {
 public:
  EditedFiles(std::string path, std::string text)
      : path_(std::move(path)), text_(std::move(text)) {}

  [[nodiscard]] PathKind kind_of(const std::string& path) const override {
    return path == path_ ? PathKind::file : disk_.kind_of(path);
  }
  [[nodiscard]] base::Result<std::string> read(const std::string& path,
                                               std::size_t limit) const override {
    return path == path_ ? base::Result<std::string>(text_) : disk_.read(path, limit);
  }
  [[nodiscard]] base::Result<std::string> read_beginning(const std::string& path,
                                                         std::size_t bytes) const override {
    return path == path_ ? base::Result<std::string>(text_.substr(0, bytes))
                         : disk_.read_beginning(path, bytes);
  }
  [[nodiscard]] base::Result<std::vector<std::string>> list(
      const std::string& folder) const override {
    return disk_.list(folder);
  }

 private:
  std::string path_;
  std::string text_;
  base::DiskFiles disk_;
};

}  // namespace outlast::cli
