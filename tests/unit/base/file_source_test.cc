#include "base/file_source.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

namespace outlast::base {
namespace {

namespace fs = std::filesystem;
using PathKind = FileSource::PathKind;
using Paths = std::vector<std::string>;

/// A folder of its own for each test, removed afterwards.
class DiskFilesTest : public testing::Test {
 protected:
  DiskFilesTest() {
    std::string name = (fs::temp_directory_path() / "outlast_XXXXXX").string();
    root_ = ::mkdtemp(name.data());
  }
  ~DiskFilesTest() override {
    for (const auto& entry : fs::recursive_directory_iterator(
             root_, fs::directory_options::skip_permission_denied, ignored_)) {
      if (entry.is_directory(ignored_) && !entry.is_symlink(ignored_)) {
        fs::permissions(entry.path(), fs::perms::owner_all, ignored_);
      }
    }
    fs::remove_all(root_, ignored_);
  }

  std::string put(const std::string& name, const std::string& bytes) {
    const fs::path path = fs::path(root_) / name;
    fs::create_directories(path.parent_path());
    std::ofstream(path, std::ios::binary) << bytes;
    return path.string();
  }
  [[nodiscard]] std::string error_of(const std::string& path, std::size_t limit = 1000) const {
    const Result<std::string> bytes = files_.read(path, limit);
    return bytes ? "no error" : bytes.error().message;
  }

  std::string root_;
  DiskFiles files_;
  std::error_code ignored_;
};

TEST_F(DiskFilesTest, ReadsBytesAsTheyAre) {
  const std::string bytes("a\0\r\n\xFF", 5);
  const Result<std::string> read = files_.read(put("a.bin", bytes), 1000);
  ASSERT_TRUE(read);
  EXPECT_EQ(*read, bytes);
}

TEST_F(DiskFilesTest, SaysInPlainWordsWhyAFileCannotBeRead) {
  EXPECT_EQ(error_of(root_ + "/none"), "does not exist");
  EXPECT_EQ(error_of(root_), "is a folder");
  EXPECT_EQ(error_of(put("a", "x") + "/b"), "does not exist");
  fs::create_symlink("loop", root_ + "/loop");
  EXPECT_EQ(error_of(root_ + "/loop"), "is a link that leads back to itself");
}

TEST_F(DiskFilesTest, SaysThatPermissionIsMissing) {
  const std::string path = put("a", "x");
  fs::permissions(path, fs::perms::none);
  if (::access(path.c_str(), R_OK) == 0) {
    GTEST_SKIP() << "root may read everything";
  }
  EXPECT_EQ(error_of(path), "may not be read: permission denied");
}

TEST_F(DiskFilesTest, NamesTheLimitThatAFileExceeds) {
  const std::string path = put("a", std::string(2049, 'x'));
  EXPECT_EQ(error_of(path, 2048), "is larger than 2 KiB, the most that is read");
  EXPECT_EQ(error_of(path, 2049), "no error");
}

TEST_F(DiskFilesTest, ReadsABeginningHoweverLargeTheFile) {
  const std::string path = put("large", "first");
  fs::resize_file(path, std::uintmax_t{1} << 40U);  // of which nothing but the first block is there
  const auto beginning = files_.read_beginning(path, 5);
  ASSERT_TRUE(beginning);
  EXPECT_EQ(*beginning, "first");
  EXPECT_EQ(files_.read_beginning(put("small", "xy"), 5).value_or(""), "xy");
  EXPECT_EQ(files_.read_beginning(root_ + "/none", 5).error().message, "does not exist");
  EXPECT_EQ(files_.read_beginning(root_, 5).error().message, "is a folder");
}

TEST_F(DiskFilesTest, RefusesAPipeAtOnceWhetherOrNotSomebodyWritesToIt) {
  const std::string path = root_ + "/pipe";
  ASSERT_EQ(::mkfifo(path.c_str(), 0600), 0);
  EXPECT_EQ(files_.kind_of(path), PathKind::other);
  EXPECT_EQ(error_of(path), "is a pipe or device, not a file");  // opening it would wait for ever
  const int both_ends = ::open(path.c_str(), O_RDWR);
  EXPECT_EQ(error_of(path), "is a pipe or device, not a file");
  ::close(both_ends);
}

TEST_F(DiskFilesTest, RefusesDevicesAndNamesTheWayToReadThem) {
  EXPECT_EQ(error_of("/dev/zero"), "is a pipe or device, not a file");
  EXPECT_NE(files_.read("/dev/null", 10).error().remedy.find("standard input: -"),
            std::string::npos);
}

TEST_F(DiskFilesTest, StopsAtTheLimitOfStandardInputThatNeverEnds) {
  const int saved = ::dup(STDIN_FILENO);
  const int zero = ::open("/dev/zero", O_RDONLY);
  ASSERT_GE(::dup2(zero, STDIN_FILENO), 0);
  EXPECT_EQ(error_of("-", std::size_t{1} << 20U), "is larger than 1 MiB, the most that is read");
  ::dup2(saved, STDIN_FILENO);
  ::close(saved);
  ::close(zero);
}

TEST_F(DiskFilesTest, ReadsStandardInputForADash) {
  const int saved = ::dup(STDIN_FILENO);
  const int file = ::open(put("in", "from stdin").c_str(), O_RDONLY);
  ASSERT_GE(::dup2(file, STDIN_FILENO), 0);
  const Result<std::string> read = files_.read("-", 100);
  ::dup2(saved, STDIN_FILENO);
  ::close(saved);
  ::close(file);
  ASSERT_TRUE(read);
  EXPECT_EQ(*read, "from stdin");
  EXPECT_EQ(files_.kind_of("-"), PathKind::other);
}

TEST_F(DiskFilesTest, ListsFilesSortedWithTheFolderAsPrefix) {
  put("b.yaml", "");
  put("a/z.json", "");
  put("a.json", "");
  const auto found = files_.list(root_ + "/");
  ASSERT_TRUE(found);
  EXPECT_EQ(*found, (Paths{root_ + "/a.json", root_ + "/a/z.json", root_ + "/b.yaml"}));
}

TEST_F(DiskFilesTest, ListsNoHiddenEntriesAndNothingBehindLinksToFolders) {
  put("real/a", "");
  put(".git/config", "");
  put(".hidden", "");
  fs::create_directory_symlink(root_ + "/real", root_ + "/link");
  fs::create_directory_symlink(root_, root_ + "/real/up");
  fs::create_symlink(root_ + "/real/a", root_ + "/file_link");
  const auto found = files_.list(root_);
  ASSERT_TRUE(found);
  EXPECT_EQ(*found, (Paths{root_ + "/file_link", root_ + "/real/a"}));
}

TEST_F(DiskFilesTest, AFolderThatMayNotBeReadDoesNotSpoilTheRest) {
  put("closed/a", "");
  put("open/b", "");
  fs::permissions(root_ + "/closed", fs::perms::none);
  const auto found = files_.list(root_);
  ASSERT_TRUE(found);
  EXPECT_EQ(found->back(), root_ + "/open/b");
}

TEST_F(DiskFilesTest, ListingNeedsAFolder) {
  const auto of_file = files_.list(put("a", ""));
  ASSERT_FALSE(of_file);
  EXPECT_EQ(of_file.error().message, "is not a folder");
  const auto of_none = files_.list(root_ + "/none");
  ASSERT_FALSE(of_none);
  EXPECT_EQ(of_none.error().message, "does not exist");
}

TEST_F(DiskFilesTest, KnowsFilesFromFolders) {
  EXPECT_EQ(files_.kind_of(put("a", "")), PathKind::file);
  EXPECT_EQ(files_.kind_of(root_), PathKind::folder);
  EXPECT_EQ(files_.kind_of(root_ + "/none"), PathKind::missing);
  EXPECT_EQ(files_.kind_of("/dev/null"), PathKind::other);
}

TEST(MemoryFiles, BehavesLikeTheDisk) {
  const MemoryFiles files({{"a/b.yaml", "x"}, {"a/.git/config", ""}, {"a/c/d.json", "yy"}});
  EXPECT_EQ(files.kind_of("a"), PathKind::folder);
  EXPECT_EQ(files.kind_of("./a//b.yaml"), PathKind::file);
  EXPECT_EQ(files.kind_of("a/b"), PathKind::missing);
  EXPECT_EQ(*files.read("a/c/../b.yaml", 10), "x");
  EXPECT_EQ(files.read("a/c/d.json", 1).error().message,
            "is larger than 1 byte, the most that is read");
  EXPECT_EQ(files.read("a", 10).error().message, "is a folder");
  EXPECT_EQ(files.read("none", 10).error().message, "does not exist");
  EXPECT_EQ(*files.list("a"), (Paths{"a/b.yaml", "a/c/d.json"}));
  EXPECT_EQ(*files.list("."), (Paths{"./a/b.yaml", "./a/c/d.json"}));
  EXPECT_EQ(files.list("a/b.yaml").error().message, "is not a folder");
}

}  // namespace
}  // namespace outlast::base
