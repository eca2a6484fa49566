#pragma once

#include <string>
#include <vector>

#include "base/file_source.h"

namespace outlast::cli {

/// Files, with one of them as if it said something else. Nothing is written.
class EditedFiles final : public base::FileSource {
 public:
  /// in  others  all files but this one; they outlive it
  EditedFiles(std::string path, std::string text, const base::FileSource& others)
      : path_(std::move(path)), text_(std::move(text)), others_(&others) {}

  [[nodiscard]] PathKind kind_of(const std::string& path) const override {
    return path == path_ ? PathKind::file : others_->kind_of(path);
  }
  [[nodiscard]] base::Result<std::string> read(const std::string& path,
                                               std::size_t limit) const override {
    return path == path_ ? base::Result<std::string>(text_) : others_->read(path, limit);
  }
  [[nodiscard]] base::Result<std::string> read_beginning(const std::string& path,
                                                         std::size_t bytes) const override {
    return path == path_ ? base::Result<std::string>(text_.substr(0, bytes))
                         : others_->read_beginning(path, bytes);
  }
  [[nodiscard]] base::Result<std::vector<std::string>> list(
      const std::string& folder) const override {
    return others_->list(folder);
  }

 private:
  std::string path_;
  std::string text_;
  const base::FileSource* others_;
};

/// The disk, with a file that says something where the disk has none of its name.
class StarterFiles final : public base::FileSource {
 public:
  StarterFiles(std::string path, std::string text)
      : path_(std::move(path)), starter_(path_, std::move(text), disk_) {}

  /// Is it the disk that has none?
  [[nodiscard]] bool is_starter(const std::string& path) const {
    return path == path_ && disk_.kind_of(path) == PathKind::missing;
  }
  [[nodiscard]] PathKind kind_of(const std::string& path) const override {
    return for_path(path).kind_of(path);
  }
  [[nodiscard]] base::Result<std::string> read(const std::string& path,
                                               std::size_t limit) const override {
    return for_path(path).read(path, limit);
  }
  [[nodiscard]] base::Result<std::string> read_beginning(const std::string& path,
                                                         std::size_t bytes) const override {
    return for_path(path).read_beginning(path, bytes);
  }
  [[nodiscard]] base::Result<std::vector<std::string>> list(
      const std::string& folder) const override {
    return disk_.list(folder);
  }

 private:
  [[nodiscard]] const base::FileSource& for_path(const std::string& path) const {
    return is_starter(path) ? static_cast<const base::FileSource&>(starter_) : disk_;
  }
  std::string path_;
  base::DiskFiles disk_;
  EditedFiles starter_;
};

}  // namespace outlast::cli
