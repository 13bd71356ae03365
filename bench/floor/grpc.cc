// gRPC in the place of the floor: its own C++ library, unary calls over a Unix domain socket, bytes without protobuf, one completion
// queue and one thread a side, the tasks of measure.h.
//
//   grpc echo PATH                            listens, prints "listening", answers until its input ends
//   grpc measure PATH WARM_UP SECONDS TASKS   connects, measures, prints a line of JSON
#include "measure.h"

#include <grpcpp/generic/async_generic_service.h>
#include <grpcpp/generic/generic_stub.h>
#include <grpcpp/grpcpp.h>
#include <memory>
#include <string>
#include <thread>
#include <unistd.h>

using grpc::ByteBuffer;

// A call that the server answers with what it got; itself the tag of each of its steps.
class ServerCall
{
public:
    ServerCall(grpc::AsyncGenericService &service, grpc::ServerCompletionQueue &queue) : service(service), queue(queue), stream(&context)
    {
        service.RequestCall(&context, &stream, &queue, &queue, this);
    }

    void proceed(bool ok)
    {
        switch (step)
        {
        case Step::Accept:
            if (!ok)
            {
                delete this;
                return;
            }
            new ServerCall(service, queue);
            step = Step::Answer;
            stream.Read(&message, this);
            break;

        case Step::Answer:
            step = Step::End;
            if (ok)
            {
                stream.WriteAndFinish(message, grpc::WriteOptions(), grpc::Status::OK, this);
            }
            else
            {
                stream.Finish(grpc::Status(grpc::StatusCode::INVALID_ARGUMENT, "A call has one message."), this);
            }
            break;

        case Step::End:
            delete this;
            break;
        }
    }

private:
    enum class Step { Accept, Answer, End };

    grpc::AsyncGenericService &service;
    grpc::ServerCompletionQueue &queue;
    grpc::GenericServerContext context;
    grpc::GenericServerAsyncReaderWriter stream;
    ByteBuffer message;
    Step step = Step::Accept;
};

static int echo(const std::string &address)
{
    grpc::AsyncGenericService service;
    grpc::ServerBuilder builder;
    builder.AddListeningPort(address, grpc::InsecureServerCredentials());
    builder.RegisterAsyncGenericService(&service);
    builder.SetMaxReceiveMessageSize(-1);
    auto queue = builder.AddCompletionQueue();
    auto server = builder.BuildAndStart();
    if (!server)
    {
        fprintf(stderr, "The server did not start.\n");
        return 1;
    }

    new ServerCall(service, *queue);
    printf("listening\n");
    fflush(stdout);

    std::thread end([&] {
        while (getchar() != EOF)
        {
        }
        server->Shutdown(std::chrono::system_clock::now());
        queue->Shutdown();
    });
    void *tag;
    bool ok;
    while (queue->Next(&tag, &ok))
    {
        static_cast<ServerCall *>(tag)->proceed(ok);
    }
    end.join();
    return 0;
}

// A call of ours; itself the tag of its end.
struct ClientCall
{
    grpc::ClientContext context;
    std::unique_ptr<grpc::GenericClientAsyncResponseReader> reader;
    ByteBuffer answer;
    grpc::Status status;
};

static std::unique_ptr<grpc::GenericStub> stub;
static grpc::CompletionQueue queue;

static ByteBuffer bytes_of(size_t size)
{
    grpc::Slice slice(std::string(size, 'x'));
    return ByteBuffer(&slice, 1);
}

static void begin(const ByteBuffer &message)
{
    auto call = new ClientCall();
    call->reader = stub->PrepareUnaryCall(&call->context, "/oriel.Bench/Echo", message, &queue);
    call->reader->StartCall();
    call->reader->Finish(&call->answer, &call->status, call);
}

static void finish(size_t size)
{
    void *tag;
    bool ok;
    if (!queue.Next(&tag, &ok))
    {
        exit(1);
    }

    std::unique_ptr<ClientCall> call(static_cast<ClientCall *>(tag));
    if (!call->status.ok() || call->answer.Length() != size)
    {
        fprintf(stderr, "A call failed: %s\n", call->status.error_message().c_str());
        exit(1);
    }
}

static void round_trip(size_t size)
{
    static ByteBuffer message;
    if (message.Length() != size)
    {
        message = bytes_of(size);
    }
    begin(message);
    finish(size);
}

static uint64_t requests(int in_flight, double seconds)
{
    ByteBuffer message = bytes_of(REQUEST_SIZE);
    for (int index = 0; index < in_flight; index++)
    {
        begin(message);
    }

    uint64_t answered = 0;
    double end = now() + seconds;
    for (int under_way = in_flight; under_way > 0; answered++)
    {
        finish(REQUEST_SIZE);
        if (now() < end)
        {
            begin(message);
        }
        else
        {
            under_way--;
        }
    }
    return answered;
}

int main(int argc, char **argv)
{
    alarm(WATCHDOG_SECONDS);
    if (argc == 3 && !strcmp(argv[1], "echo"))
    {
        return echo(std::string("unix:") + argv[2]);
    }
    if (argc != 6 || strcmp(argv[1], "measure") != 0)
    {
        fprintf(stderr, "usage: grpc echo PATH | grpc measure PATH WARM_UP SECONDS TASKS\n");
        return 2;
    }

    grpc::ChannelArguments arguments;
    arguments.SetMaxReceiveMessageSize(-1);
    stub = std::make_unique<grpc::GenericStub>(grpc::CreateCustomChannel(std::string("unix:") + argv[2], grpc::InsecureChannelCredentials(), arguments));
    static const struct subject subject = { round_trip, NULL, requests, NULL };
    measure_tasks(&subject, argv[5], atof(argv[3]), atof(argv[4]));
    return 0;
}
