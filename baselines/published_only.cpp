#include "baselines/published_only.hpp"

#include <array>

#include <fmt/core.h>

#include "core/error.hpp"

namespace mbench::baselines {
namespace {

constexpr std::string_view kNoProgram = "no program or weights of its authors are at hand";
constexpr std::string_view kEntrant =
    "the cited paper reprints its rows on alphamatting.com and names neither a paper nor a program";

constexpr std::array kMethods{
    PublishedOnly{"late-fusion", "Late Fusion", "zhang2019",
                  "its program and weights, for Keras, lie in an archive that "
                  "yunkezhang/FusionMatting links to and that is in no repository"},
    PublishedOnly{"dcnn-matting", "DCNN Matting", "cho2016", kNoProgram},
    PublishedOnly{"alphagan", "AlphaGAN", "lutz2018", kNoProgram},
    PublishedOnly{"samplenet", "SampleNet Matting", "tang2019", kNoProgram},
    PublishedOnly{"context-aware", "Context-Aware Matting", "hou2019",
                  "its program (hqqxyy/Context-Aware-Matting) and weights are for TensorFlow 1, "
                  "whose checkpoints and resizing nothing here reads or repeats"},
    PublishedOnly{"hdmatt", "HDMatt", "yu2021", kNoProgram},
    PublishedOnly{"sim", "SIM", "sun2021",
                  "its network has not been written here: no outputs of its program (nowsyn/SIM) "
                  "are at hand to prove one against"},
    PublishedOnly{"timi-net", "TIMI-Net", "liu2021timi",
                  "its network has not been written here: no outputs of its program are at hand to "
                  "prove one against"},
    PublishedOnly{"lfpnet", "LFPNet", "liu2021lfp",
                  "its network has not been written here: no outputs of its program (QLYoo/LFPNet) "
                  "are at hand to prove one against"},
    PublishedOnly{"css-matting", "Comprehensive Sampling (CSS)", "shahrian2013",
                  "no program of its authors is at hand"},
    PublishedOnly{"transmatting", "TransMatting", "wang2022", kEntrant},
    PublishedOnly{"tmfnet", "TMFNet", "wang2022", kEntrant},
    PublishedOnly{"iamalpha", "IamAlpha", "wang2022", kEntrant},
    PublishedOnly{"piia-matting", "PIIAMatting", "wang2022", kEntrant},
    PublishedOnly{"fgi-matting", "FGI Matting", "wang2022", kEntrant}};

}  // namespace

std::span<const PublishedOnly> published_only_methods() { return kMethods; }

void refuse_published_only(std::string_view id) {
  for (const PublishedOnly& method : kMethods) {
    if (method.id != id) continue;
    throw Error{ErrorKind::unavailable,
                {.what = fmt::format("method '{}' is known by published numbers only", id),
                 .found = std::string{method.reason},
                 .fix = "score mattes that it made elsewhere: --method precomputed:dir=FOLDER"}};
  }
}

}  // namespace mbench::baselines
