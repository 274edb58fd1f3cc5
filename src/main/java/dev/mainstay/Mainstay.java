package dev.mainstay;

public final class Mainstay {
    private Mainstay() {}

    public static void main(String[] args) {
        System.out.println("hello");
    }
}
