"""Attacks on the way: too much, too slowly, from elsewhere, and two clients in one place."""

from tests.support.attacks.world import ALL, FILES, LIST, SIGNED, World, attack, served
from tests.support.tuf_server import Handler, Misbehaviour, serve
from update_manifest import durable
from update_manifest.errors import UpdateReason
from update_manifest.fetch import Fetcher, download
from update_manifest.web import Patience, Web

# Too much, too slowly, from elsewhere


@attack(UpdateReason.ENDLESS)
def _endless_metadata(world: World) -> None:
    world.repository.files["metadata/timestamp.json"] += b" " * (1 << 20)
    world.look()


@attack(UpdateReason.ENDLESS, *SIGNED, "confirmed.json", *FILES[1:])
def _endless_list(world: World) -> None:
    world.repository.publish()
    world.repository.files[served(world.repository.targets.targets[LIST])] += b" "
    world.repository.list_of()["disabled"] = ["0.9.0"]
    world.repository.publish()
    world.repository.files[served(world.repository.targets.targets[LIST])] += b" "
    world.look()


@attack(UpdateReason.ENDLESS, *SIGNED, "confirmed.json", *FILES[1:])
def _list_larger_than_any(world: World) -> None:
    target = world.repository.targets.targets[LIST]
    target.length, target.hashes = 1 << 40, {"sha256": "0" * 64}
    world.repository.publish_metadata()
    world.look()


@attack(UpdateReason.ENDLESS)
def _endless_artifact(world: World) -> None:
    url = world.newest["url"]
    world.fetch({url: world.repository.files[url] + b"more"})


@attack(UpdateReason.SLOW)
def _slow_drip(world: World) -> None:
    minutes = iter(range(0, 10**6, 61))
    world.fetch(web=Web(monotonic=lambda: next(minutes)))


@attack(UpdateReason.SLOW)
def _slow_head(world: World) -> None:
    def never(handler: Handler) -> bool:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\n")
        handler.rfile.read(1)  # until the client hangs up
        handler.close_connection = True
        return True

    world.fetch(manners=Misbehaviour(answer=never), web=Web(Patience(head_seconds=0.2)))


@attack(UpdateReason.SLOW)
def _lines_behind_the_last_chunk_for_ever(world: World) -> None:
    def drip(handler: Handler) -> bool:
        handler.send_response(200)
        handler.send_header("Transfer-Encoding", "chunked")
        handler.end_headers()
        handler.wfile.write(b"1\r\nx\r\n0\r\nX: y\r\n")
        handler.rfile.read(1)  # until the client hangs up
        handler.close_connection = True
        return True

    world.fetch(manners=Misbehaviour(answer=drip), web=Web(Patience(window_seconds=0.2)))


def _redirected(to: str) -> Misbehaviour:
    def answer(handler: Handler) -> bool:
        handler.send_response(302)
        handler.send_header("Location", to)
        handler.send_header("Content-Length", "0")
        handler.end_headers()
        return True

    return Misbehaviour(answer=answer)


@attack(UpdateReason.INSECURE_ADDRESS)
def _redirect_to_http(world: World) -> None:
    world.fetch(manners=_redirected("http://0.0.0.0:9/bundle"))


@attack(UpdateReason.INSECURE_ADDRESS)
def _redirect_to_a_file(world: World) -> None:
    world.fetch(manners=_redirected("file:///etc/passwd"))


@attack(UpdateReason.UNREACHABLE)
def _redirect_to_no_address(world: World) -> None:
    world.fetch(manners=_redirected("https://[x/"))


@attack(UpdateReason.UNREACHABLE)
def _redirect_for_ever(world: World) -> None:
    world.fetch(manners=_redirected("/again"))


@attack(UpdateReason.INSECURE_ADDRESS, *ALL)
def _stolen_exposure_key_names_a_mirror_without_tls(world: World) -> None:
    world.repository.exposure_of()["mirrors"] = ["http://0.0.0.0:9/"]
    world.repository.publish()
    catalogue = world.look()
    release = catalogue.releases.releases[0]
    download(catalogue.addresses(release.url)[:1], release.sha256, release.length, world.folder / "downloads")


@attack(UpdateReason.HASH_WRONG)
def _exchanged_artifact(world: World) -> None:
    url = world.newest["url"]
    world.fetch({url: bytes(len(world.repository.files[url]))})


@attack(UpdateReason.UNREACHABLE)
def _metadata_over_plain_http_is_cut(world: World) -> None:
    with serve(world.repository.files) as server:
        server.manners = Misbehaviour(cut_after=10)
        Fetcher().download_bytes(server.address + "metadata/timestamp.json", 10_000)


# Nobody else


@attack(UpdateReason.BUSY)
def _two_at_once(world: World) -> None:
    with durable.alone(world.folder / "tuf"):
        world.look()


@attack(UpdateReason.NOT_STORED)
def _no_room_on_the_disk(world: World) -> None:
    (world.folder / "downloads").write_text("a file where a folder should be", encoding="utf-8")
    world.fetch()


@attack(UpdateReason.NOT_STORED)
def _artifact_larger_than_the_disk(world: World) -> None:
    world.newest["length"] = 1 << 60
    world.fetch()


@attack(UpdateReason.UNREACHABLE)
def _connection_cut_again_and_again(world: World) -> None:
    world.fetch(manners=Misbehaviour(cut_after=1))


@attack(UpdateReason.UNREACHABLE)
def _server_that_hangs_up(world: World) -> None:
    def hang_up(handler: Handler) -> bool:
        handler.close_connection = True
        return True

    world.fetch(manners=Misbehaviour(answer=hang_up))


@attack(UpdateReason.INTERRUPTED)
def _stopped_by_the_person(world: World) -> None:
    with serve(world.repository.files) as server:
        release = world.newest
        mirrors = [server.address + release["url"]] * 2
        answers = iter([True, False])
        download(
            mirrors,
            release["sha256"],
            release["length"],
            world.folder / "downloads",
            stop=lambda: next(answers),
        )
